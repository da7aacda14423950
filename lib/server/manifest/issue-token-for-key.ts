import { AppError } from "@/lib/domain/errors";
import { rule } from "../command";
import { db } from "../db";
import { type IssuedToken, issueTokenForKey } from "../manifest-token";
import { tokenForKey } from "./queries";

const issue = rule(async (tx, call: { now: Date; input: { agentId: string; jkt: string } }) => {
  const { agentId, jkt } = call.input;
  const issued = await issueTokenForKey(tx, { agentId, jkt, now: call.now });
  if (issued === null) throw new AppError("not-found", "no manifest is in force for this key");
  return {
    value: issued,
    events: [
      {
        event: {
          kind: "manifest.token-issued",
          agentId,
          manifestId: issued.manifestId,
          jkt,
          tokenHash: issued.hash,
        },
      },
    ],
  };
});

/**
 * The token of the manifest in force for one key of an agent, signed now where the key came after the approval (which
 * is recorded; nobody's permission is needed, since the manifest is approved already). Null where there is none.
 */
export async function tokenOrIssue(now: Date, jkt: string): Promise<IssuedToken | null> {
  const found = await tokenForKey(db, jkt);
  if (found !== null) return found;
  const key = await db.agentKey.findUnique({ where: { jkt } });
  if (key === null) return null;
  try {
    return await issue(now, { agentId: key.agentId, jkt });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Another gateway may have been first; else there is none to issue.
    return tokenForKey(db, jkt);
  }
}
