const PER_MINUTE = 30;
const AGENTS_MAX = 10_000;

/**
 * How many refusals are recorded in the name of an agent that has not proven to be the asker. Whoever got hold of
 * a token or of an old proof must leave a trace, but must not be able to fill the ledger: beyond this many a minute
 * (per gateway and agent) a refusal is answered and counted in the log, not recorded.
 */
export class RefusalLimit {
  readonly #used = new Map<string, { readonly minute: number; count: number }>();

  /** May one more be recorded at `now` (epoch ms)? */
  take(agentId: string, now: number): boolean {
    const minute = Math.floor(now / 60_000);
    const used = this.#used.get(agentId);
    if (used?.minute === minute) {
      used.count += 1;
      return used.count <= PER_MINUTE;
    }
    if (this.#used.size >= AGENTS_MAX) this.#used.clear();
    this.#used.set(agentId, { minute, count: 1 });
    return true;
  }
}
