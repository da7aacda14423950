import { z } from "zod";
import { ROLES, type Role } from "@/lib/domain/access/permissions";
import { knownRoles } from "@/lib/domain/identity/person";
import {
  SESSION_IDLE_SECONDS,
  SIGN_IN_METHODS,
  type SignInMethod,
} from "@/lib/domain/identity/session";
import type { Prisma } from "@/prisma/generated/client";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { env } from "../env";

const PAGE_SIZE = 25;

/** What the list of people is asked for. Whatever can't be read falls back to the default: it comes from an address. */
export const PeopleFilter = z.object({
  q: z
    .string()
    .max(200)
    .transform((text) => text.replace(/\p{Cc}/gu, "").trim())
    .catch("")
    .default(""),
  role: z.enum(ROLES).optional().catch(undefined),
  state: z.enum(["active", "inactive"]).optional().catch(undefined),
  sort: z
    .enum(["name", "-name", "createdAt", "-createdAt", "lastVisitAt", "-lastVisitAt"])
    .catch("name")
    .default("name"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});
export type PeopleFilter = z.infer<typeof PeopleFilter>;

type PersonRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly passkeys: number;
  /** live sessions */
  readonly sessions: number;
  /** agents that they sponsor or stand in for */
  readonly sponsored: number;
  readonly owned: number;
  /** has a temporary password that was not changed yet */
  readonly temporary: boolean;
};

export type PeoplePage = {
  readonly rows: readonly PersonRow[];
  readonly info: {
    readonly page: number;
    readonly pageSize: number;
    readonly total: number;
    readonly sort: string;
  };
};

function whereOf(filter: PeopleFilter): Prisma.PersonWhereInput {
  const like = { contains: filter.q, mode: "insensitive" } as const;
  return {
    ...(filter.q === "" ? {} : { OR: [{ name: like }, { email: like }, { title: like }] }),
    ...(filter.role === undefined ? {} : { roles: { some: { role: filter.role } } }),
    ...(filter.state === undefined ? {} : { active: filter.state === "active" }),
  };
}

function orderOf(sort: PeopleFilter["sort"]): Prisma.PersonOrderByWithRelationInput[] {
  const order = sort.startsWith("-") ? "desc" : "asc";
  switch (sort) {
    case "name":
    case "-name":
      return [{ name: order }, { id: "asc" }];
    case "createdAt":
    case "-createdAt":
      return [{ createdAt: order }, { id: "asc" }];
    case "lastVisitAt":
    case "-lastVisitAt":
      return [{ lastVisitAt: { sort: order, nulls: "last" } }, { id: "asc" }];
  }
}

/** One page of the people, for those who may see them. */
export async function listPeople(ctx: Ctx, filter: PeopleFilter): Promise<PeoplePage> {
  authorise(ctx, "people:read");
  const where = whereOf(filter);
  const live = {
    revokedAt: null,
    expiresAt: { gt: ctx.now },
    lastSeenAt: { gt: new Date(ctx.now.getTime() - SESSION_IDLE_SECONDS * 1000) },
  };
  const [total, people] = await Promise.all([
    db.person.count({ where }),
    db.person.findMany({
      where,
      orderBy: orderOf(filter.sort),
      skip: (filter.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      include: {
        roles: true,
        sessions: { orderBy: { lastSeenAt: "desc" }, take: 1 },
        _count: {
          select: {
            passkeys: true,
            sessions: { where: live },
            sponsorships: { where: { toAt: null } },
            ownedAgents: { where: { status: { not: "retired" } } },
          },
        },
      },
    }),
  ]);
  return {
    rows: people.map((person) => ({
      id: person.id,
      name: person.name,
      email: person.email,
      title: person.title,
      roles: knownRoles(person.roles.map(({ role }) => role)),
      active: person.active,
      createdAt: person.createdAt.toISOString(),
      lastSeenAt: person.sessions[0]?.lastSeenAt.toISOString() ?? null,
      passkeys: person._count.passkeys,
      sessions: person._count.sessions,
      sponsored: person._count.sponsorships,
      owned: person._count.ownedAgents,
      temporary: person.passwordExpiresAt !== null,
    })),
    info: { page: filter.page, pageSize: PAGE_SIZE, total, sort: filter.sort },
  };
}

type PasskeyView = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

type SessionView = {
  readonly id: string;
  readonly method: SignInMethod | "unknown";
  readonly userAgent: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
};

export type OwnAccess = {
  readonly hasPassword: boolean;
  readonly passkeys: readonly PasskeyView[];
  readonly sessions: readonly SessionView[];
};

/** How the signed-in person gets in, and where they are in. */
export async function ownAccess(ctx: Ctx): Promise<OwnAccess> {
  authorise(ctx, "self:manage");
  const person = await db.person.findUniqueOrThrow({
    where: { id: ctx.actor.id },
    include: {
      passkeys: { orderBy: { createdAt: "asc" } },
      sessions: {
        where: {
          revokedAt: null,
          expiresAt: { gt: ctx.now },
          lastSeenAt: { gt: new Date(ctx.now.getTime() - SESSION_IDLE_SECONDS * 1000) },
        },
        orderBy: { lastSeenAt: "desc" },
      },
    },
  });
  return {
    hasPassword: person.passwordHash !== null,
    passkeys: person.passkeys.map((passkey) => ({
      id: passkey.id,
      name: passkey.name,
      createdAt: passkey.createdAt.toISOString(),
      lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
    })),
    sessions: person.sessions.map((session) => ({
      id: session.id,
      method: methodOf(session.method),
      userAgent: session.userAgent,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
    })),
  };
}

function methodOf(word: string): SessionView["method"] {
  return SIGN_IN_METHODS.find((method) => method === word) ?? "unknown";
}

export type DemoPerson = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly roles: readonly Role[];
};

/** The people whom the demo's sign-in page offers; nobody outside the demo. */
export async function demoPeople(): Promise<readonly DemoPerson[]> {
  if (env().COUNTERSIGN_DEMO !== "1") return [];
  const people = await db.person.findMany({
    where: { active: true, roles: { some: {} } },
    include: { roles: true },
    orderBy: { name: "asc" },
    take: 50,
  });
  return people.map(({ id, name, title, roles }) => ({
    id,
    name,
    title,
    roles: knownRoles(roles.map(({ role }) => role)),
  }));
}
