import type { Query } from "../ledger/append";
import { type KnownAgent, type KnownKey, readAgents } from "./known-agent";

/** A moment of the database: the state epoch, and the next position of the ledger. Read in one snapshot. */
export type Moment = { readonly epoch: bigint; readonly next: bigint };

/**
 * All agents with what their decisions depend on, kept in memory and never trusted blindly: each group of
 * decisions compares the epoch under the ledger lock and reads again what has changed.
 */
export class DecisionState {
  #at: Moment | null = null;
  readonly #agents = new Map<string, KnownAgent>();
  readonly #keys = new Map<string, KnownKey>();

  agent(id: string): KnownAgent | undefined {
    return this.#agents.get(id);
  }

  /** A registered key by its RFC 7638 thumbprint, whether it is valid now or not. */
  key(jkt: string): KnownKey | undefined {
    return this.#keys.get(jkt);
  }

  /**
   * Brings the state to `moment`, reading with the transaction that `moment` was read in. Only agents that the
   * ledger names since last time are read again. May run twice at once: older news never replace newer.
   */
  async refresh(query: Query, moment: Moment): Promise<void> {
    const since = this.#at;
    if (since?.epoch === moment.epoch) return this.advance(moment);
    const ids = since === null ? null : await changedAgents(query, since.next, moment.next);
    const agents = await readAgents(query, ids, this.#agents);
    if (this.#at !== null && this.#at.next > moment.next) return;
    for (const agent of agents) this.#put(agent);
    this.#at = moment;
  }

  /** The caller knows that nothing but decisions came until `moment`. */
  advance(moment: Moment): void {
    if (this.#at === null || this.#at.next < moment.next) this.#at = moment;
  }

  #put(agent: KnownAgent): void {
    for (const jkt of this.#agents.get(agent.id)?.keys.keys() ?? []) this.#keys.delete(jkt);
    for (const [jkt, key] of agent.keys) this.#keys.set(jkt, key);
    this.#agents.set(agent.id, agent);
  }
}

/** Reads `moment` in the caller's transaction. */
export async function readMoment(query: Query): Promise<Moment> {
  const rows = await query<{ epoch: string; next: string }>(
    `SELECT "epoch", (SELECT coalesce(max("seq") + 1, 0) FROM "LedgerEntry") AS next FROM "StateEpoch" WHERE "id" = 1`,
    [],
  );
  const row = rows[0];
  if (!row) throw new Error("the database has no state epoch: are its migrations applied?");
  return { epoch: BigInt(row.epoch), next: BigInt(row.next) };
}

/** Null (all) where something changed that is not about one agent, e.g. a person's training. */
async function changedAgents(
  query: Query,
  from: bigint,
  to: bigint,
): Promise<readonly string[] | null> {
  const rows = await query<{ agentId: string | null }>(
    `SELECT DISTINCT "agentId" FROM "LedgerEntry" WHERE "seq" >= $1 AND "seq" < $2 AND "kind" NOT IN ('decision', 'decision.outcome')`,
    [from.toString(), to.toString()],
  );
  const ids = rows.map(({ agentId }) => agentId);
  const named = ids.filter((id) => id !== null);
  return named.length === 0 || named.length < ids.length ? null : named;
}
