import { ensureDependencies } from './setup.mjs';
import { runChecks } from './checks.mjs';

ensureDependencies();
const { passed, failed } = runChecks();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
