/** The version of code-server whose VS Code runs the stories. */
export const CODE_SERVER_VERSION: string;
/** Absolute path of server-main.js; installs it when it is not there. Throws with npm's own words. */
export function installVscode(): string;
