import { publishedCheckpoint } from "@/lib/server/ledger/queries";

export const dynamic = "force-dynamic";

/** The newest signed head of the ledger (C2SP tlog-checkpoint), for anyone: it names nobody and nothing. */
export async function GET(): Promise<Response> {
  const note = await publishedCheckpoint();
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  return note === null
    ? new Response("No head was signed yet.\n", { status: 404, headers })
    : new Response(note, { headers });
}
