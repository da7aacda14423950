import { containSince } from "@/lib/server/containment/trigger";
import { onLedgerNews } from "@/lib/server/live";
import { log as root } from "@/lib/server/log";

/** Behind the notifications, should one be lost. */
const POLL_MS = 3000;
const log = root.child({ process: "worker", job: "containment-watch" });

/**
 * Applies the containment rules within a second of what they look at: it hears of each commit to the ledger, off the
 * path of decisions. Starts where `from` says; one run at a time. Returns the way to stop, which waits for a run.
 */
export function watchContainment(from: bigint): () => Promise<void> {
  let next = from;
  let stopped = false;
  let again = false;
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    do {
      again = false;
      try {
        const result = await containSince(next, new Date());
        next = result.next;
        if (result.contained.length > 0) log.warn({ contained: result.contained }, "contained");
      } catch (err) {
        log.error({ err }, "the containment rules could not be applied");
      }
    } while (again && !stopped);
    running = null;
  };
  const wake = (): void => {
    if (stopped) return;
    again = true;
    running ??= run();
  };
  const unsubscribe = onLedgerNews(wake);
  const timer = setInterval(wake, POLL_MS);
  wake();
  return async () => {
    stopped = true;
    unsubscribe();
    clearInterval(timer);
    await running;
  };
}
