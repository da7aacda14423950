"use server";

import { revalidatePath } from "next/cache";
import { type ActionState, attempt } from "@/lib/server/action";
import { acknowledgeDrill, endDrill, startDrill } from "@/lib/server/containment/drill";
import { beginFirmStop, throwFirmStop } from "@/lib/server/containment/kill-switch";
import { addAction, completeAction } from "@/lib/server/incident/actions";
import { assessUnderAiAct, assessUnderDora } from "@/lib/server/incident/assess";
import { closeIncident } from "@/lib/server/incident/close";
import { openIncident } from "@/lib/server/incident/open";
import { recordReport } from "@/lib/server/incident/record-report";
import { stateRootCause } from "@/lib/server/incident/root-cause";
import { stateFacts } from "@/lib/server/incident/state-facts";
import { requireCtx, type SessionCtx } from "@/lib/server/session";

/** Incidents, agents and the ledger all show what these change. The verbs parse what is sent. */
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

export async function openIncidentAction(input: unknown) {
  return act((ctx) => openIncident(ctx, input), "The incident is open.");
}

export async function stateFactsAction(input: unknown) {
  return act((ctx) => stateFacts(ctx, input), "The facts are recorded.");
}

export async function assessUnderDoraAction(input: unknown) {
  return act((ctx) => assessUnderDora(ctx, input), "The assessment is recorded.");
}

export async function assessUnderAiActAction(input: unknown) {
  return act((ctx) => assessUnderAiAct(ctx, input), "The assessment is recorded.");
}

export async function stateRootCauseAction(input: unknown) {
  return act((ctx) => stateRootCause(ctx, input), "The root cause is recorded.");
}

export async function addActionAction(input: unknown) {
  return act((ctx) => addAction(ctx, input), "The action is recorded.");
}

export async function completeActionAction(input: unknown) {
  return act((ctx) => completeAction(ctx, input), "The action is done.");
}

export async function recordReportAction(input: unknown) {
  return act((ctx) => recordReport(ctx, input), "The report is recorded as sent.");
}

export async function closeIncidentAction(input: unknown) {
  return act((ctx) => closeIncident(ctx, input), "The incident is closed.");
}

export async function startDrillAction(input: unknown) {
  return act((ctx) => startDrill(ctx, input), "The drill has begun.");
}

export async function acknowledgeDrillAction(input: unknown) {
  return act((ctx) => acknowledgeDrill(ctx, input), "Acknowledged.");
}

export async function endDrillAction(input: unknown) {
  return act((ctx) => endDrill(ctx, input), "The drill is over.");
}

/** Begins the confirmation by passkey that the firm-wide switch asks for. */
export async function beginFirmStopAction(input: unknown) {
  const ctx = await requireCtx();
  return attempt(() => beginFirmStop(ctx, input));
}

export async function throwFirmStopAction(input: unknown) {
  return act((ctx) => throwFirmStop(ctx, input), "Every agent in production is stopped.");
}
