import { prepareUserFolder } from './userFolder';

/** Once before all test files: n8n in the cache folder (some minutes the first time), and what they start from. */
export = prepareUserFolder;
