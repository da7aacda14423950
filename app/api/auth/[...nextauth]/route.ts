import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/server/identity/auth-options";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const answer: unknown = await NextAuth(request, context, authOptions());
  return answer instanceof Response ? answer : new Response(null, { status: 500 });
}

export { handle as GET, handle as POST };
