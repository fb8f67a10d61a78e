/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on Node, not inside n8n */
import { tmpdir } from 'node:os';
import path from 'node:path';

// n8n-core reads these while it is loaded, so they are set before any test file is.
process.env.N8N_USER_FOLDER = path.join(tmpdir(), 'n8n-engine-test');
process.env.N8N_ENCRYPTION_KEY = 'engine-test-dummy-key';
process.env.N8N_LOG_LEVEL = 'silent';
