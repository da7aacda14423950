/** Enters the bank's companies, its people, their training, and (for as long as the seed runs) their passkeys. */
import { z } from "zod";
import { MODULE_IDS, modulesRequired } from "@/lib/domain/training/competence";
import { command } from "@/lib/server/command";
import type { Ctx } from "@/lib/server/context";
import { db } from "@/lib/server/db";
import { hashPassword } from "@/lib/server/identity/password-hash";
import { newId } from "@/lib/server/ids";
import { recordTraining } from "@/lib/server/training/record";
import { makeAuthenticator, type SoftwareAuthenticator } from "./authenticator";
import { type DemoPerson, ENTITIES, type EntityKey, emailOf, PEOPLE, type PersonKey } from "./firm";

const DAY_MS = 86_400_000;

export type Staff = {
  readonly entities: ReadonlyMap<EntityKey, string>;
  readonly ctx: (key: PersonKey, now: Date) => Ctx;
  readonly keyOf: (personId: string) => PersonKey;
  readonly authenticator: (key: PersonKey) => SoftwareAuthenticator;
};

const Person = z.custom<DemoPerson>();
const enter = command({
  permission: "people:manage",
  input: z.strictObject({ id: z.string(), person: Person, passwordHash: z.string() }),
  async run(tx, { ctx, input: { id, person, passwordHash } }) {
    const { name, title, timeZone, roles } = person;
    await tx.person.create({
      data: {
        id,
        name,
        title,
        timeZone,
        passwordHash,
        email: emailOf(name),
        createdAt: ctx.now,
        roles: { create: roles.map((role) => ({ role })) },
      },
    });
    return {
      value: id,
      events: [
        { event: { kind: "person.added", subjectId: id, roles: [...roles] }, detail: { name } },
      ],
    };
  },
});

const enrol = command({
  permission: "self:manage",
  input: z.strictObject({ id: z.string(), publicKey: z.instanceof(Uint8Array) }),
  async run(tx, { ctx, input }) {
    await tx.passkey.create({
      data: {
        id: input.id,
        personId: ctx.actor.id,
        name: "Seed authenticator",
        publicKey: Uint8Array.from(input.publicKey),
        counter: 0n,
        transports: ["internal"],
        createdAt: ctx.now,
      },
    });
    return {
      value: null,
      events: [{ event: { kind: "person.passkey-added", subjectId: ctx.actor.id } }],
    };
  },
});

const unenrol = command({
  permission: "self:manage",
  input: z.strictObject({ id: z.string() }),
  async run(tx, { ctx, input }) {
    await tx.passkey.delete({ where: { id: input.id } });
    return {
      value: null,
      events: [{ event: { kind: "person.passkey-removed", subjectId: ctx.actor.id } }],
    };
  },
});

const SPONSORS = PEOPLE.filter((person) => person.roles.some((role) => role === "sponsor"));

/** Their keys are forgotten with this process: nobody must be asked to use them. */
export async function removeAuthenticators(staff: Staff, now: Date): Promise<void> {
  for (const { key } of SPONSORS) {
    await unenrol(staff.ctx(key, now), { id: staff.authenticator(key).id });
  }
}

function refuse(key: PersonKey): never {
  throw new Error(`${key} is no sponsor`);
}

export async function enterStaff(options: {
  readonly at: Date;
  readonly end: Date;
  readonly password: string;
  readonly origin: string;
}): Promise<Staff> {
  const { at, end, origin } = options;
  const entities = new Map<EntityKey, string>();
  for (const { key, name, country } of ENTITIES) {
    const id = newId("ent");
    await db.legalEntity.create({ data: { id, name, country } });
    entities.set(key, id);
  }
  const passwordHash = await hashPassword(options.password);
  const ids = new Map<PersonKey, string>(PEOPLE.map(({ key }) => [key, newId("per")]));
  const idOf = (key: PersonKey): string => ids.get(key) ?? "";
  const ctx = (key: PersonKey, now: Date): Ctx => {
    const person = PEOPLE.find((each) => each.key === key);
    return { actor: { id: idOf(key), roles: person?.roles ?? [] }, now };
  };
  for (const person of PEOPLE) {
    await enter(ctx("nina", at), { id: idOf(person.key), person, passwordHash });
  }
  const authenticators = new Map<PersonKey, SoftwareAuthenticator>();
  for (const { key } of SPONSORS) {
    const made = makeAuthenticator(origin);
    authenticators.set(key, made);
    await enrol(ctx(key, at), { id: made.id, publicKey: made.cosePublicKey });
  }
  await train(ctx, { at, end });
  return {
    entities,
    ctx,
    keyOf: (personId) => PEOPLE.find(({ key }) => idOf(key) === personId)?.key ?? "nina",
    authenticator: (key) => authenticators.get(key) ?? refuse(key),
  };
}

async function train(ctx: Staff["ctx"], { at, end }: { readonly at: Date; readonly end: Date }) {
  for (const [index, { key, training }] of PEOPLE.entries()) {
    if (training === "none") continue;
    const modules = training === "basic" ? modulesRequired("sponsor", "low") : MODULE_IDS;
    for (const [position, module] of modules.entries()) {
      // One module of whoever is `lapsing` was passed almost a year before the story's end.
      const lapsing = training === "lapsing" && module === "m3";
      const passedAt = lapsing
        ? new Date(end.getTime() - 359 * DAY_MS)
        : new Date(at.getTime() - (10 + index + position) * DAY_MS);
      await recordTraining(ctx("nina", at), {
        personId: ctx(key, at).actor.id,
        module,
        score: 82 + ((index * 7 + position * 5) % 17),
        passedAt: passedAt.toISOString(),
        provenance: "Aldermere Academy classroom course, assessed by Financial Crime Training",
      });
    }
  }
}
