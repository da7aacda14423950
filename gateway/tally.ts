import { log } from "@/lib/server/log";

const EVERY_MS = 10_000;

/** Counts refusals that leave no other trace, and says the counts now and then: a flood of garbage is one line, not thousands. */
export class Tally {
  readonly #counts = new Map<string, number>();
  #timer: NodeJS.Timeout | null = null;

  count(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
    this.#timer ??= setTimeout(() => this.flush(), EVERY_MS).unref();
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#counts.size === 0) return;
    log.warn({ refused: Object.fromEntries(this.#counts) }, "refused without a ledger entry");
    this.#counts.clear();
  }
}
