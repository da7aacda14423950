"use server";

import { revalidatePath } from "next/cache";
import { parsePublicJwk } from "@/lib/domain/agent/key";
import { AppError } from "@/lib/domain/errors";
import { type ActionState, attempt } from "@/lib/server/action";
import { addKey } from "@/lib/server/agent/add-key";
import { attestFacts } from "@/lib/server/agent/attest";
import { editAgent } from "@/lib/server/agent/edit";
import { putIntoProduction } from "@/lib/server/agent/put-into-production";
import { registerAgent } from "@/lib/server/agent/register";
import { retireAgent } from "@/lib/server/agent/retire";
import { revokeKey } from "@/lib/server/agent/revoke-key";
import { explainFactor } from "@/lib/server/behaviour/explain-factor";
import { applyContainment } from "@/lib/server/containment/apply";
import { liftContainment } from "@/lib/server/containment/lift";
import { requireCtx, type SessionCtx } from "@/lib/server/session";
import { assignSponsor } from "@/lib/server/sponsor/assign";
import { recordTraining } from "@/lib/server/training/record";

/** Every page may show what these change: the catalogue, the agent, the queue, the ledger. */
async function act<Value>(
  work: (ctx: SessionCtx) => Promise<Value>,
  message: string,
): Promise<ActionState<Value>> {
  const ctx = await requireCtx();
  return attempt(async () => {
    const value = await work(ctx);
    revalidatePath("/", "layout");
    return value;
  }, message);
}

/** Input that came from a form, with the pasted key read by the strict parser; an empty one counts as not given. */
function withKey(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("publicJwk" in input)) return input;
  const { publicJwk: text, ...rest } = input;
  if (typeof text !== "string" || text.trim() === "") return rest;
  try {
    return { ...rest, publicJwk: parsePublicJwk(text) };
  } catch (error) {
    throw keyRefused(error);
  }
}

/** Says of which field the parser complained. */
function keyRefused(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const fields = [{ path: "publicJwk", message: error.message }];
  return new AppError("invalid", "the key can't be accepted", { cause: error, fields });
}

export async function registerAgentAction(
  input: unknown,
): Promise<ActionState<{ readonly agentId: string }>> {
  return act((ctx) => registerAgent(ctx, withKey(input)), "The agent is registered.");
}

export async function editAgentAction(input: unknown): Promise<ActionState<unknown>> {
  return act((ctx) => editAgent(ctx, input), "The changes are saved.");
}

export async function addKeyAction(input: unknown): Promise<ActionState<unknown>> {
  return act((ctx) => addKey(ctx, withKey(input)), "The key is registered.");
}

export async function revokeKeyAction(
  agentId: string,
  jkt: string,
  reason: string,
): Promise<ActionState<unknown>> {
  return act((ctx) => revokeKey(ctx, { agentId, jkt, reason }), "The key is revoked.");
}

export async function attestFactsAction(input: unknown): Promise<ActionState<unknown>> {
  return act((ctx) => attestFacts(ctx, input), "The attestation is recorded.");
}

export async function putIntoProductionAction(agentId: string): Promise<ActionState<unknown>> {
  return act((ctx) => putIntoProduction(ctx, { agentId }), "The agent is in production.");
}

export async function retireAgentAction(
  agentId: string,
  reason: string,
): Promise<ActionState<unknown>> {
  return act((ctx) => retireAgent(ctx, { agentId, reason }), "The agent is retired.");
}

export async function assignSponsorAction(input: unknown): Promise<ActionState<unknown>> {
  return act((ctx) => assignSponsor(ctx, input), "The assignment is recorded.");
}

export async function recordTrainingAction(input: unknown): Promise<ActionState<unknown>> {
  return act((ctx) => recordTraining(ctx, input), "The training is recorded.");
}

export async function applyContainmentAction(
  agentId: string,
  level: string | null,
  reason: string,
): Promise<ActionState<unknown>> {
  return act((ctx) => applyContainment(ctx, { agentId, level, reason }), "The agent is contained.");
}

/** `from` is the level that the person saw. */
export async function liftContainmentAction(
  { agentId, from }: { readonly agentId: string; readonly from: string | null },
  to: string | null,
  reason: string,
): Promise<ActionState<unknown>> {
  const answer = await act(
    (ctx) => liftContainment(ctx, { agentId, from, to, reason }),
    "The containment is lifted.",
  );
  if (answer.status !== "ok" || answer.value.complete) return answer;
  return { ...answer, message: "Your signature is recorded. A second person completes the lift." };
}

export async function explainFactorAction(input: unknown): Promise<ActionState<unknown>> {
  return act((ctx) => explainFactor(ctx, input), "The explanation is recorded.");
}
