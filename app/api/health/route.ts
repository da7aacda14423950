import { databaseAnswers } from "@/lib/server/health";

export const dynamic = "force-dynamic";

/** 200 while this process can serve people, 503 while its database is out of reach. Says nothing else. */
export async function GET(): Promise<Response> {
  const ok = await databaseAnswers();
  return Response.json(
    { status: ok ? "ok" : "unavailable" },
    { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
