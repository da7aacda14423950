/**
 * Adds the first administrator of an installation that has nobody yet:
 *
 *   npm run admin:first -- EMAIL "FULL NAME"
 *
 * Prints a temporary password once. It must be changed at the first sign-in.
 */
import { prepareEnvironment } from "./lib/environment.mjs";

const [email, name] = process.argv.slice(2);
const { stop } = await prepareEnvironment();
const { addFirstAdmin } = await import("@/lib/server/identity/add-first-admin");
const { db } = await import("@/lib/server/db");
try {
  const { temporaryPassword } = await addFirstAdmin(new Date(), { email, name });
  console.log(`${name} can sign in as ${email} with the temporary password ${temporaryPassword}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await db.$disconnect();
  await stop();
}
