// n8n loads the node and the credential by the paths in package.json.
module.exports = {};
