import { z } from "zod";
import { Prose } from "@/lib/domain/agent/prose";
import { AppError } from "@/lib/domain/errors";
import { addMonths, MODULES, PASS_SCORE, VALIDITY_MONTHS } from "@/lib/domain/training/competence";
import { command } from "../command";
import { newId } from "../ids";
import { notify } from "../notify";

const MODULE_ENUM = MODULES.map(({ id }) => id);

/**
 * An administrator records training that a person passed elsewhere. `provenance` says where and who assessed it.
 * A re-take is a new row. Returns `{ certificateId, expiresAt }` (ISO 8601).
 * Errors: "forbidden" for one's own training, "invalid" for a date to come or one that no longer counts.
 */
export const recordTraining = command({
  permission: "people:manage",
  input: z.strictObject({
    personId: z.string().regex(/^per_[a-z0-9-]{4,64}$/, "choose a person"),
    module: z.enum(MODULE_ENUM, "choose a module"),
    version: z.number().int().min(1).max(1000).default(1),
    score: z
      .number()
      .int("a whole number")
      .min(PASS_SCORE, `a pass needs at least ${PASS_SCORE} per cent`)
      .max(100, "at most 100 per cent"),
    passedAt: z.iso.datetime({ message: "an instant in UTC such as 2026-12-01T00:00:00Z" }),
    provenance: Prose(1000, 10),
  }),
  async run(tx, { ctx, input }) {
    const { personId, module, version, score, provenance } = input;
    if (personId === ctx.actor.id) {
      throw new AppError("forbidden", "nobody records their own training: ask a colleague");
    }
    const passedAt = new Date(input.passedAt);
    const expiresAt = addMonths(passedAt, VALIDITY_MONTHS);
    if (passedAt > ctx.now || expiresAt <= ctx.now) {
      const message =
        passedAt > ctx.now ? "is in the future" : "is so long ago that it no longer counts";
      throw new AppError("invalid", `the date ${message}`, {
        fields: [{ path: "passedAt", message }],
      });
    }
    const person = await tx.person.findUnique({ where: { id: personId } });
    if (!person?.active) {
      throw new AppError("not-found", "there is no such person, or their account is not active");
    }
    const certificateId = newId("crt");
    await tx.certificate.create({
      data: { id: certificateId, personId, module, version, score, passedAt, expiresAt },
    });
    const title = MODULES.find(({ id }) => id === module)?.title ?? module;
    await notify(tx, {
      personIds: [personId],
      kind: "training.certified",
      title: `Your training “${title}” was recorded`,
      href: "/settings",
      now: ctx.now,
    });
    const until = expiresAt.toISOString();
    return {
      value: { certificateId, expiresAt: until },
      events: [
        {
          event: {
            kind: "training.certified",
            subjectId: personId,
            module,
            version,
            score,
            expiresAt: until,
          },
          detail: { passedAt: passedAt.toISOString(), provenance },
        },
      ],
    };
  },
});
