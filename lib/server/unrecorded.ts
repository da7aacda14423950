import type { z } from "zod";
import type { Permission } from "@/lib/domain/access/permissions";
import type { Verb } from "./command";
import { authorise, type Ctx } from "./context";
import { db, type Tx } from "./db";
import { foreseen } from "./foreseen";
import { parseInput } from "./input";

type Spec<Schema extends z.ZodType, Value> = {
  readonly permission: Permission;
  /** why this needs no ledger entry */
  readonly because: string;
  readonly input: Schema;
  readonly run: (
    tx: Tx,
    call: { readonly ctx: Ctx; readonly input: z.output<Schema> },
  ) => Promise<Value>;
};

/** A change that nobody has to answer for (a draft's text, a read mark): authorise → parse → work, without the ledger. */
export function unrecorded<Schema extends z.ZodType, Value>(
  spec: Spec<Schema, Value>,
): Verb<Value> {
  const verb = async (ctx: Ctx, raw: unknown): Promise<Value> => {
    authorise(ctx, spec.permission);
    const input = parseInput(spec.input, raw);
    try {
      return await db.$transaction((tx) => spec.run(tx, { ctx, input }));
    } catch (error) {
      throw foreseen(error);
    }
  };
  return Object.assign(verb, { permission: spec.permission });
}
