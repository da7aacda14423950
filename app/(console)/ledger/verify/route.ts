import { AppError, STATUS } from "@/lib/domain/errors";
import type { VerificationMessage } from "@/lib/domain/ledger/report";
import { verifyLedger } from "@/lib/server/ledger/verify";
import { log } from "@/lib/server/log";
import { requireApiCtx, type SessionCtx } from "@/lib/server/session";

/** Verifies the ledger now. Answers line by line (NDJSON): how far it is, then what was checked. */
export async function POST(): Promise<Response> {
  let ctx: SessionCtx;
  try {
    ctx = await requireApiCtx("ledger:verify");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return Response.json({ title: error.message }, { status: STATUS[error.code] });
  }
  return new Response(run(ctx), { headers: { "Content-Type": "application/x-ndjson" } });
}

const UNREADABLE = "The ledger could not be read to its end. Try again.";

function run(ctx: SessionCtx): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let left = false;
  return new ReadableStream({
    async start(controller) {
      const send = (message: VerificationMessage) => {
        // Nobody waits for the outcome any more: the reading ends here, and nothing is recorded.
        if (left) throw new ReaderLeft();
        controller.enqueue(encoder.encode(`${JSON.stringify(message)}\n`));
      };
      try {
        const report = await verifyLedger(ctx, (done, total) =>
          send({ type: "progress", done, total }),
        );
        send({ type: "report", report });
        controller.close();
      } catch (error) {
        if (error instanceof ReaderLeft) return;
        if (!(error instanceof AppError)) log.error({ err: error }, "verification failed");
        if (left) return;
        send({ type: "failure", message: error instanceof AppError ? error.message : UNREADABLE });
        controller.close();
      }
    },
    cancel() {
      left = true;
    },
  });
}

class ReaderLeft extends Error {
  override readonly name = "ReaderLeft";
}
