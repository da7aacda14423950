import type pg from "pg";
import type { Json } from "@/lib/domain/crypto/canonical-json";
import type { LedgerEvent } from "@/lib/domain/ledger/event";
import { decide } from "@/lib/domain/policy/decide";
import type { AgentState, Decision } from "@/lib/domain/policy/decision";
import { requestDigest, requestTarget } from "@/lib/domain/policy/digest";
import type { ReasonCode } from "@/lib/domain/policy/reasons";
import { describeReason } from "@/lib/domain/policy/reasons-text";
import { append, lockLedger, type Query, STATE_CHANNEL, type Stamped } from "../ledger/append";
import { claimProofs, type ProofKey, readFacts } from "./facts";
import {
  type Credential,
  type DecisionAnswer,
  type DecisionItem,
  type ReviewNote,
  refusal,
} from "./item";
import { type KnownAgent, keyValidAt, sponsorAt } from "./known-agent";
import type { DecisionState } from "./state";
import { WorkingSet } from "./working-set";
import { writeChanges } from "./write";

/** Makes a connection hear of changes that decisions depend on. */
export const LISTEN_FOR_CHANGES = `LISTEN ${STATE_CHANNEL}`;

const names = new Map<string, string>();

/** The statements of one connection, as the ledger's writer wants them. Each is planned once per connection. */
export function queryOf(client: pg.ClientBase): Query {
  return async (text, values) => {
    const name = names.get(text) ?? `cs${names.size}`;
    names.set(text, name);
    return (await client.query({ name, text, values: [...values] })).rows;
  };
}

/**
 * Decides requests in their order and records them, as one transaction: whoever is answered stands in the ledger.
 *
 * The ledger lock comes first; what the decisions depend on is read under it, so that an allow can never stand
 * after a containment, a revocation or a used-up budget that it did not see. Throws where the database can't
 * answer: nothing is recorded then, and nobody may be told a decision.
 */
export async function decideGroup(
  client: pg.ClientBase,
  state: DecisionState,
  items: readonly DecisionItem[],
): Promise<readonly DecisionAnswer[]> {
  if (items.length === 0) return [];
  const query = queryOf(client);
  const asked = items.map((item) => ({ ...item, digest: requestDigest(item.request) }));
  await client.query("BEGIN");
  try {
    const first = await lockLedger(query);
    const facts = await readFacts(
      query,
      asked.map(({ agentId, digest, request, at }) => ({
        agentId,
        digest,
        clusterId: request.context.cluster,
        target: requestTarget(request),
        at,
      })),
    );
    await state.refresh(query, { epoch: facts.epoch, next: first });
    const proofs = items.flatMap(({ credential }) => credential?.proof ?? []);
    const unseen = new Set((await claimProofs(query, proofs)).map(proofName));
    const group: Group = { state, set: new WorkingSet(facts), unseen, entries: [], first };
    const answers = asked.map((item) => decideOne(item, group));
    await append(query, first, group.entries);
    await writeChanges(query, group.set);
    await client.query("COMMIT");
    state.advance({ epoch: facts.epoch, next: first + BigInt(group.entries.length) });
    return answers;
  } catch (error) {
    // Where the connection is gone the transaction is too.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

type Asked = DecisionItem & { readonly digest: string };
type Group = {
  readonly state: DecisionState;
  readonly set: WorkingSet;
  /** proofs of this batch that nobody used yet */
  readonly unseen: Set<string>;
  readonly entries: Stamped[];
  readonly first: bigint;
};

const proofName = ({ jkt, jti }: ProofKey): string => `${jkt} ${jti}`;

function decideOne(item: Asked, group: Group): DecisionAnswer {
  const agent = group.state.agent(item.agentId);
  const objection = refusedBy(item, agent, group.unseen);
  if (agent === undefined) return unrecorded(objection ?? "agent_unknown", item.digest);

  const at = item.at.getTime();
  const seq = group.first + BigInt(group.entries.length);
  const sponsor = sponsorAt(agent, at);
  const sponsorId = sponsor?.personId ?? null;
  const { decision, review } =
    objection === null
      ? judge(item, agent, sponsor, { set: group.set, seq })
      : { decision: refusal(objection, describeReason(objection).meaning), review: null };
  group.entries.push({
    event: eventOf(item, agent, decision, { sponsorId, reviewId: review?.id ?? null }),
    detail: detailOf(item, decision),
    at: item.at,
    personId: null,
  });
  const { outcome, reason, sentence, grantId } = decision;
  return { outcome, reason, sentence, sponsorId, seq, review, grantId, requestDigest: item.digest };
}

/** What was found wrong before, and what is wrong with proof, token and key as things stand now, under the lock. */
function refusedBy(
  { credential, at }: Asked,
  agent: KnownAgent | undefined,
  unseen: Set<string>,
): ReasonCode | null {
  if (credential === null) return agent ? null : "agent_unknown";
  if (credential.proof && !unseen.delete(proofName(credential.proof))) return "proof_replayed";
  return credential.refusal ?? credentialObjection(credential, agent, at.getTime());
}

/** The request is the agent's: let its manifest decide, and move the working set on. */
function judge(
  { request, digest, at }: Asked,
  agent: KnownAgent,
  sponsor: AgentState["sponsor"],
  { set, seq }: { readonly set: WorkingSet; readonly seq: bigint },
): { readonly decision: Decision; readonly review: ReviewNote | null } {
  const now = agentState(agent, sponsor);
  const situation = {
    now: at.getTime(),
    usage: set.usage(agent.id, at),
    grantId: null,
    targetConfirmed: set.targetConfirmed(agent.id, request.context.cluster, requestTarget(request)),
  };
  const plain = decide(request, now, situation);
  const grantId = set.grant(agent.id, digest, at, plain.outcome);
  const decision = grantId === null ? plain : decide(request, now, { ...situation, grantId });
  set.charge(agent.id, at, request, decision.outcome);
  if (decision.grantId !== null) set.use(agent.id, digest, { id: decision.grantId, at, seq });
  const reviewed = decision.outcome === "hold" || decision.outcome === "block";
  const stamp = { at, seq, sponsorId: sponsor?.personId ?? null };
  return { decision, review: reviewed ? set.review(agent, digest, decision, stamp) : null };
}

/** What is wrong with key or token as things stand now, under the lock. */
function credentialObjection(
  credential: Credential,
  agent: KnownAgent | undefined,
  now: number,
): ReasonCode | null {
  if (agent === undefined) return "agent_unknown";
  const { manifestId, jkt } = credential;
  // Nobody is let in for want of a token: an objection to its absence must have come before.
  if (manifestId === null) return "token_missing";
  if (manifestId !== agent.manifest?.manifestId) {
    // One that we signed but don't know was never in force here.
    return agent.ended.get(manifestId) === "superseded"
      ? "manifest_superseded"
      : "manifest_revoked";
  }
  const key = jkt === null ? undefined : agent.keys.get(jkt);
  if (key === undefined) return "agent_key_unknown";
  if (!keyValidAt(key, now)) return "agent_key_expired";
  return key.suspect ? "agent_key_suspect" : null;
}

function agentState(agent: KnownAgent, sponsor: AgentState["sponsor"]): AgentState {
  const { id, status, tier, containment, riskScore, manifest } = agent;
  return { agentId: id, status, tier, containment, riskScore, sponsor, manifest };
}

function unrecorded(reason: ReasonCode, digest: string): DecisionAnswer {
  return {
    outcome: "deny",
    reason,
    sentence: describeReason(reason).meaning,
    sponsorId: null,
    seq: null,
    review: null,
    grantId: null,
    requestDigest: digest,
  };
}

/** INVARIANT: no free text and no resource id: the body is for ever. What was not proven to be the agent's is not in it. */
function eventOf(
  { request, credential }: Asked,
  agent: KnownAgent,
  decision: Decision,
  ids: { readonly sponsorId: string | null; readonly reviewId: string | null },
): LedgerEvent {
  const { action, resource, context } = request;
  const proven = credential === null || credential.proven;
  return {
    kind: "decision",
    agentId: agent.id,
    manifestId: agent.manifest?.manifestId ?? null,
    manifestVersion: agent.manifest?.version ?? null,
    outcome: decision.outcome,
    reason: decision.reason,
    cluster: proven ? context.cluster : null,
    rule: decision.ruleIndex,
    action: proven ? action.name : null,
    resourceType: proven ? resource.type : null,
    dataClass: proven ? context.dataClass : null,
    records: proven ? (context.records ?? null) : null,
    spend: proven ? (context.spend ?? null) : null,
    riskScore: agent.riskScore,
    containment: agent.containment,
    ...ids,
    grantId: decision.grantId,
    simulated: credential === null,
  };
}

function detailOf({ request, digest, credential }: Asked, decision: Decision): Json {
  const { sentence, miss, nearest, neverRuleId } = decision;
  return {
    request,
    requestDigest: digest,
    proven: credential === null || credential.proven,
    jkt: credential?.jkt ?? null,
    sentence,
    miss,
    nearest,
    neverRuleId,
  };
}
