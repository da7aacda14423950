import type { z } from "zod";
import type { Permission } from "@/lib/domain/access/permissions";
import { authorise, type Ctx } from "./context";
import type { Tx } from "./db";
import { parseInput } from "./input";
import { ledgerTransaction, type Outcome } from "./ledger/transaction";

type Asked<Schema extends z.ZodType> = { readonly ctx: Ctx; readonly input: z.output<Schema> };

type Spec<Schema extends z.ZodType, Value> = {
  readonly permission: Permission;
  readonly input: Schema;
  readonly run: (tx: Tx, call: Asked<Schema> & { readonly seq: bigint }) => Promise<Outcome<Value>>;
};

type PreparedSpec<Schema extends z.ZodType, Value, Prepared> = Pick<
  Spec<Schema, Value>,
  "permission" | "input"
> & {
  readonly prepare: (call: Asked<Schema>) => Promise<Prepared>;
  readonly run: (
    tx: Tx,
    call: Asked<Schema> & { readonly seq: bigint; readonly prepared: Prepared },
  ) => Promise<Outcome<Value>>;
};

/** A verb, with the permission that it asks for: the permission walk reads it. */
export type Verb<Value> = ((ctx: Ctx, raw: unknown) => Promise<Value>) & {
  readonly permission: Permission;
};

/**
 * The only way for a person to change what matters: authorise → parse → lock → authorise again → work → append, as one
 * transaction. Errors: AppError("forbidden"), AppError("invalid"), whatever `run` throws.
 */
export function command<Schema extends z.ZodType, Value>(spec: Spec<Schema, Value>): Verb<Value> {
  return preparedCommand({ ...spec, prepare: async () => undefined });
}

/**
 * A command with slow work (a password's hash) or reading that needs no lock: `prepare` comes after authorise and parse,
 * and before the ledger's lock, which every decision of every gateway waits for. What it finds may be overtaken by the
 * time that `run` begins, so `run` has to check it again.
 */
export function preparedCommand<Schema extends z.ZodType, Value, Prepared>(
  spec: PreparedSpec<Schema, Value, Prepared>,
): Verb<Value> {
  const verb = async (ctx: Ctx, raw: unknown): Promise<Value> => {
    authorise(ctx, spec.permission);
    const input = parseInput(spec.input, raw);
    const prepared = await spec.prepare({ ctx, input });
    return ledgerTransaction({ personId: ctx.actor.id, now: ctx.now }, async (tx, seq) => {
      const current = await asTheyAreNow(tx, ctx);
      authorise(current, spec.permission);
      return spec.run(tx, { ctx: current, input, seq, prepared });
    });
  };
  return Object.assign(verb, { permission: spec.permission });
}

/**
 * The caller with the roles that they still hold, read under the lock: however long a request waited, nobody's act stands
 * in the ledger after the entry that shut them out or took the role away.
 */
async function asTheyAreNow(tx: Tx, ctx: Ctx): Promise<Ctx> {
  const { id, roles } = ctx.actor;
  const person = await tx.person.findUnique({
    where: { id },
    select: { active: true, roles: { select: { role: true } } },
  });
  // A session always names a person of the table; whom it does not know, it can give nothing to.
  if (person === null) return ctx;
  const held = new Set(person.active ? person.roles.map(({ role }) => role) : []);
  return { ...ctx, actor: { id, roles: roles.filter((role) => held.has(role)) } };
}

/** Like `command`, for a rule (SLA, containment) that acts by itself: no person, no permission. */
export function rule<Input, Value>(
  run: (
    tx: Tx,
    call: { readonly now: Date; readonly input: Input; readonly seq: bigint },
  ) => Promise<Outcome<Value>>,
): (now: Date, input: Input) => Promise<Value> {
  return (now, input) =>
    ledgerTransaction({ personId: null, now }, (tx, seq) => run(tx, { now, input, seq }));
}
