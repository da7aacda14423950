import Link from "next/link";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { RequestView } from "@/lib/domain/behaviour/request-view";
import type { DecisionSurroundings } from "@/lib/domain/behaviour/view";

type Distances = Pick<
  DecisionSurroundings,
  "reasoningDistance" | "actDistance" | "distanceModel"
> | null;

/** What the agent says of itself beside what it is there for, and how far the two lie apart. */
export function WordsCard({
  view,
  distances,
}: {
  readonly view: RequestView;
  readonly distances: Distances;
}) {
  const { request, manifest, cluster } = view;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What it says, beside what it is for</CardTitle>
        <CardDescription>
          On one side the agent’s own words, which nobody has checked; on the other what its sponsor
          approved.
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
          <div className="grid content-start gap-3">
            {typeof request === "string" ? (
              <p className="text-sm text-muted-foreground">
                {request === "withheld"
                  ? "Your roles do not include reading the words of requests."
                  : "The words were erased, or never proven to be the agent’s."}
              </p>
            ) : (
              <>
                <Quote label="Stated purpose" words={request.context.purpose} />
                <Quote label="Reasoning" words={request.context.reasoning} />
              </>
            )}
          </div>
          <div className="grid content-start gap-3">
            {manifest === null ? (
              <p className="text-sm text-muted-foreground">No manifest was in force.</p>
            ) : (
              <>
                <Quote
                  label={
                    <>
                      Goal of{" "}
                      <Link href={`/manifests/${manifest.id}`} className="link">
                        manifest version {manifest.version}
                      </Link>
                    </>
                  }
                  words={manifest.goal ?? "It can’t be read by this version."}
                />
                <Quote
                  label={`Purpose of the cluster ${cluster ?? ""}`}
                  words={manifest.clusterPurpose ?? "The manifest has no cluster of that name."}
                />
              </>
            )}
          </div>
        </div>
        {distances === null ? null : <Measured distances={distances} />}
      </CardContent>
    </Card>
  );
}

function Quote({ label, words }: { readonly label: React.ReactNode; readonly words: string }) {
  return (
    <figure className="grid gap-1">
      <figcaption className="text-[13px] text-muted-foreground">{label}</figcaption>
      <blockquote className="max-w-[72ch] border-l-2 border-input pl-3 whitespace-pre-line wrap-anywhere">
        {words === "" ? "nothing" : words}
      </blockquote>
    </figure>
  );
}

function Measured({ distances }: { readonly distances: NonNullable<Distances> }) {
  const { reasoningDistance, actDistance, distanceModel } = distances;
  const figures = [
    ["Reasoning to the manifest", reasoningDistance],
    ["Reasoning to what is asked", actDistance],
  ] as const;
  if (figures.every(([, value]) => value === null)) return null;
  return (
    <dl className="grid gap-2 border-t pt-3 sm:grid-cols-2">
      {figures.map(([term, value]) => (
        <div key={term} className="grid gap-0.5">
          <dt className="text-[13px] text-muted-foreground">{term}</dt>
          <dd>
            {value === null ? "not measured" : `${value.toFixed(2)}`}
            <span className="text-[13px] text-muted-foreground">
              {value === null ? "" : ` of 1 (0 near, 1 far), by ${distanceModel ?? "no model"}`}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
