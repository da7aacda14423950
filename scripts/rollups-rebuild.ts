/** Makes the hourly rollups again from the ledger: `npm run rollups:rebuild`. Safe while everything runs. */
import { prepareEnvironment } from "./lib/environment.mjs";

const { stop } = await prepareEnvironment({ log: console.log });
// Settings are read on import.
const { rebuildRollups } = await import("@/lib/server/behaviour/project");
const { db } = await import("@/lib/server/db");
try {
  const began = performance.now();
  const entries = await rebuildRollups();
  console.log(`${entries} entries read in ${((performance.now() - began) / 1000).toFixed(1)} s`);
} finally {
  await db.$disconnect();
  await stop();
}
process.exit(0);
