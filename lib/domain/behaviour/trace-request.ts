import type { IntentManifest } from "@/lib/domain/manifest/manifest";
import { EvaluationRequest } from "@/lib/domain/policy/request";
import type { TraceLine } from "./trace-line";

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const MOST_CLUSTERS = 30;
const MOST_ACTS = 20;

/** Names from outside, spelled as ours are: lower case, digits, single hyphens; never empty. */
function slug(text: string): string {
  const name = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
  return /^[a-z]/.test(name) ? name : `x-${name || "unnamed"}`;
}

function resourceId(text: string): string {
  const segments = text
    .normalize("NFC")
    .replaceAll(INVISIBLE, "")
    .replaceAll(/[\\%]/g, "-")
    .slice(0, 500)
    .split("/")
    .map((segment) => (segment === "" || segment === "." || segment === ".." ? "-" : segment));
  return segments.join("/");
}

const prose = (text: string, most: number) =>
  text.replaceAll("\r", "").replaceAll("\n", " ").replaceAll(INVISIBLE, "").slice(0, most);

const typeOf = ({ resource }: TraceLine) => slug(resource.split(":", 1)[0] ?? "");
const clusterOf = ({ cluster }: TraceLine) => slug(cluster === "" ? "untasked" : cluster);

/** A line as the request that one of our agents would have sent. */
export function traceRequest(line: TraceLine, agentId: string): EvaluationRequest {
  const colon = line.resource.indexOf(":");
  const traceId = line.traceId?.replaceAll(/[^A-Za-z0-9-]/g, "-").slice(0, 64);
  return EvaluationRequest.parse({
    subject: { type: "agent", id: agentId },
    action: { name: slug(line.action) },
    resource: {
      type: typeOf(line),
      id: resourceId(colon === -1 ? "unnamed" : line.resource.slice(colon + 1)),
    },
    context: {
      cluster: clusterOf(line),
      purpose: prose(line.purpose ?? "", 500),
      reasoning: prose(line.reasoning, 4000),
      dataClass: line.dataClass ?? "internal",
      ...(traceId === undefined ? {} : { traceId }),
      ...(line.records === undefined ? {} : { records: line.records }),
      ...(line.spend === undefined ? {} : { spend: Math.round(line.spend * 100) / 100 }),
    },
  });
}

/** A manifest that names what the trace's quiet lines did, so that its reasoning has something to be compared with. */
export function traceManifest(
  lines: readonly TraceLine[],
  agentId: string,
  validity: IntentManifest["validity"],
): IntentManifest {
  const quiet = lines.filter(({ label }) => label === undefined || label === "benign");
  const byCluster = new Map<string, TraceLine[]>();
  for (const line of quiet) {
    byCluster.set(clusterOf(line), [...(byCluster.get(clusterOf(line)) ?? []), line]);
  }
  const text = (value: string | undefined, other: string, most: number) =>
    prose(value ?? "", most)
      .trim()
      .normalize("NFC") || other;
  return {
    schema: "intent-manifest.v1",
    agentId,
    goal: text(lines.find(({ goal }) => goal !== undefined)?.goal, "Not stated in the trace", 1000),
    clusters: [...byCluster].slice(0, MOST_CLUSTERS).map(([id, own]) => ({
      id,
      purpose: text(
        own.find(({ clusterPurpose }) => clusterPurpose !== undefined)?.clusterPurpose,
        id.replaceAll("-", " "),
        500,
      ),
      rules: rulesOf(own),
    })),
    never: [],
    dataClassCeiling: "restricted",
    budgets: {},
    network: [],
    risk: { review: 60, contain: 85 },
    validity,
  };
}

function rulesOf(lines: readonly TraceLine[]) {
  const byAction = new Map<string, Set<string>>();
  for (const line of lines) {
    const types = byAction.get(slug(line.action)) ?? new Set();
    byAction.set(slug(line.action), types.add(`${typeOf(line)}:**`));
  }
  return [...byAction].slice(0, MOST_ACTS).map(([action, types]) => ({
    actions: [action],
    resources: [...types].slice(0, 50),
    impact: "routine" as const,
    confirm: "never" as const,
  }));
}
