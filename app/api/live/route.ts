import { AppError, STATUS } from "@/lib/domain/errors";
import { checkSession } from "@/lib/server/identity/check-session";
import { newestPosition, onLedgerNews } from "@/lib/server/live";
import { requireApiCtx } from "@/lib/server/session";

export const dynamic = "force-dynamic";

const HEARTBEAT_MS = 20_000;

/**
 * Server-sent events: `ledger` with `{from, to, kinds}` when entries were appended, `again` when some may have been
 * missed. `after` is the last position that the reader has seen; `kinds=a,b` asks for these only. Says no more than that something happened, to whoever may read the ledger,
 * and ends with their session. It does not keep an idle session alive.
 */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await requireApiCtx("ledger:read", { background: true });
    const wish = wishOf(request);
    if (wish === null) throw new AppError("invalid", "`after` must be a position in the ledger");
    return new Response(stream(ctx.sessionId, wish, request.signal), {
      headers: {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store, no-transform",
        // Proxies such as nginx would hold events back.
        "X-Accel-Buffering": "no",
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Response.json(
      { status: STATUS[error.code], title: error.message },
      {
        status: STATUS[error.code],
        headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
      },
    );
  }
}

type Wish = {
  /** null: all */
  readonly kinds: ReadonlySet<string> | null;
  /** the last position that the page has seen */
  readonly after: number;
};

function wishOf(request: Request): Wish | null {
  const params = new URL(request.url).searchParams;
  const kinds = params.get("kinds")?.split(",") ?? null;
  const after = Number(params.get("after") ?? Number.NaN);
  if (!Number.isSafeInteger(after)) return null;
  return { kinds: kinds && new Set(kinds), after };
}

function stream(
  sessionId: string,
  { kinds, after }: Wish,
  gone: AbortSignal,
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder();
  let open = true;
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      let seen = after;
      const send = (text: string) => {
        if (open) controller.enqueue(utf8.encode(text));
      };
      const catchUp = async () => {
        const newest = await newestPosition().catch(() => null);
        // Unknown: say so once more rather than once too little, and go on counting from where we were.
        if (newest !== null && newest <= seen) return;
        seen = newest ?? seen;
        send("event: again\ndata: {}\n\n");
      };
      const unsubscribe = onLedgerNews((news) => {
        if (news === null) {
          void catchUp();
          return;
        }
        seen = Math.max(seen, news.to);
        if (kinds !== null && !news.kinds.some((kind) => kinds.has(kind))) return;
        send(`event: ledger\ndata: ${JSON.stringify(news)}\n\n`);
      });
      const heartbeat = setInterval(async () => {
        const now = new Date();
        const session = await checkSession(sessionId, now, { background: true }).catch(() => null);
        if (session !== null) return send(": still here\n\n");
        send("event: ended\ndata: {}\n\n");
        if (open) controller.close();
        stop();
      }, HEARTBEAT_MS);
      stop = () => {
        open = false;
        clearInterval(heartbeat);
        unsubscribe();
      };
      gone.addEventListener("abort", () => stop(), { once: true });
      send("retry: 3000\n\n");
    },
    cancel() {
      stop();
    },
  });
}
