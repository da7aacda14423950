import type { Role } from "@/lib/domain/access/permissions";
import type { Figure, NeedSection, TodayView } from "@/lib/domain/today/view";
import { formatCount } from "@/lib/format";
import { authorise, type Ctx } from "../context";
import { db } from "../db";
import { countReviews } from "../review/queries";
import { agentsWhoseRiskRose, containedAgents } from "./agents";
import { latestActs, ledgerState } from "./ledger";
import { draftsToFinish, manifestsExpiring, manifestsToApprove } from "./manifests";
import { escalatedReviews, reviewsToResolve } from "./reviews";
import { agentsWithoutFooting, ownTraining } from "./sponsors";

/**
 * What each of the reader's roles has to do now, the most pressing first, and what happened since they were last here.
 * `sessionId` is the present session: the last visit is the end of the one before. Throws AppError("forbidden").
 */
export async function today(
  ctx: Ctx,
  { sessionId }: { readonly sessionId: string },
): Promise<TodayView> {
  authorise(ctx, "today:read");
  const since = await lastVisit(ctx, sessionId);
  const [figures, sections, acts] = await Promise.all([
    figuresFor(ctx),
    sectionsFor(ctx),
    latestActs(since),
  ]);
  return { figures, sections, ...acts, since: since?.toISOString() ?? null };
}

/** When the reader was last seen in an earlier session; null: never. */
async function lastVisit(ctx: Ctx, sessionId: string): Promise<Date | null> {
  const session = await db.signInSession.findUnique({ where: { id: sessionId } });
  const before = await db.signInSession.findFirst({
    where: {
      personId: ctx.actor.id,
      id: { not: sessionId },
      createdAt: { lt: session?.createdAt ?? ctx.now },
    },
    orderBy: { lastSeenAt: "desc" },
    select: { lastSeenAt: true },
  });
  return before?.lastSeenAt ?? null;
}

type Loader = (ctx: Ctx, mine: boolean) => Promise<readonly NeedSection[]>;
const one =
  (load: (ctx: Ctx) => Promise<NeedSection>): Loader =>
  async (ctx) => [await load(ctx)];

/** In the order in which they stand on the page. */
const LOADERS: readonly { readonly for: readonly Role[]; readonly load: Loader }[] = [
  { for: ["sponsor"], load: one(reviewsToResolve) },
  { for: ["compliance"], load: one(escalatedReviews) },
  { for: ["sponsor"], load: one(manifestsToApprove) },
  { for: ["owner"], load: one(draftsToFinish) },
  { for: ["admin"], load: agentsWithoutFooting },
  { for: ["sponsor"], load: one(ownTraining) },
  {
    for: ["sponsor", "owner", "compliance"],
    load: async (ctx, mine) => [await agentsWhoseRiskRose(ctx, { mine })],
  },
  {
    for: ["sponsor", "owner", "compliance", "admin"],
    load: async (ctx, mine) => [await containedAgents(ctx, { mine })],
  },
  { for: ["owner"], load: one(manifestsExpiring) },
  { for: ["auditor", "compliance"], load: one(ledgerState) },
];

async function sectionsFor(ctx: Ctx): Promise<readonly NeedSection[]> {
  const { roles } = ctx.actor;
  const mine = seesOnlyOwn(roles);
  const wanted = LOADERS.filter((loader) => loader.for.some((role) => roles.includes(role)));
  const sections = (await Promise.all(wanted.map(({ load }) => load(ctx, mine)))).flat();
  return sections.filter(({ kind }, index) => index === sections.findIndex((s) => s.kind === kind));
}

/** Sponsors and owners look after their own agents; the other roles after all. */
function seesOnlyOwn(roles: readonly Role[]): boolean {
  return !roles.some((role) => role === "compliance" || role === "admin" || role === "auditor");
}

async function figuresFor(ctx: Ctx): Promise<readonly Figure[]> {
  const mine = seesOnlyOwn(ctx.actor.roles);
  const dayAgo = new Date(ctx.now.getTime() - 86_400_000);
  const [reviews, contained, decisions, refused] = await Promise.all([
    countReviews(ctx, { mine }),
    containedAgents(ctx, { mine }),
    db.ledgerEntry.count({ where: { kind: "decision", at: { gt: dayAgo } } }),
    db.ledgerEntry.count({
      where: { kind: "decision", at: { gt: dayAgo }, outcome: { not: "allow" } },
    }),
  ]);
  const scope = mine ? "mine=yes&" : "";
  const pressing = reviews.overdue + reviews.soon;
  return [
    {
      label: mine ? "Your open reviews" : "Open reviews",
      value: reviews.open,
      note: `${formatCount(reviews.escalated, "of them escalated", "of them escalated")}`,
      href: `/reviews?${scope}`.replace(/[?&]$/, ""),
      tone: "neutral",
    },
    {
      label: "Overdue or due soon",
      value: pressing,
      note: formatCount(reviews.overdue, "overdue", "overdue"),
      href: `/reviews?${scope}urgency=${reviews.overdue > 0 ? "overdue" : "soon"}`,
      tone: pressingTone(reviews),
    },
    {
      label: mine ? "Your contained agents" : "Contained agents",
      value: contained.total,
      note: "held back until a sponsor lifts it",
      href: "/agents?contained=yes",
      tone: contained.total > 0 ? "hold" : "neutral",
    },
    {
      label: "Decisions in 24 hours",
      value: decisions,
      note: `${formatCount(refused, "not allowed at once", "not allowed at once")}`,
      href: "/ledger?kind=decision",
      tone: "neutral",
    },
  ];
}

function pressingTone(counts: { readonly overdue: number; readonly soon: number }): Figure["tone"] {
  if (counts.overdue > 0) return "block";
  return counts.soon > 0 ? "hold" : "neutral";
}
