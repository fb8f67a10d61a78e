// Looks at a photo that a form has sent: `files`, as the node puts them there. What is no photo is not accepted.
const { createHash } = require('node:crypto');
const cloud = require('wx-server-sdk');

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });

/** How the bytes of each format begin. */
const FORMATS = { ffd8ff: 'JPEG', '89504e47': 'PNG', 47494638: 'GIF', 52494646: 'WebP' };

exports.main = async ({ files = {} }) => {
	const [photo] = Object.values(files);
	if (!photo) throw new Error('there is no photo');

	const { fileContent } = await cloud.downloadFile({ fileID: photo.fileID });
	const start = fileContent.subarray(0, 4).toString('hex');
	const format = Object.keys(FORMATS).find((bytes) => start.startsWith(bytes));
	return {
		fileName: photo.fileName,
		accepted: format !== undefined,
		format: FORMATS[format] ?? 'no photo',
		bytes: fileContent.length,
		sha256: createHash('sha256').update(fileContent).digest('hex'),
	};
};
