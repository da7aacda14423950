import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { ReviewView } from "@/lib/domain/review/view";

/** What the agent says of itself: quoted, and marked as a claim. */
export function ReasoningCard({ review }: { readonly review: ReviewView }) {
  const { request } = review;
  if (typeof request === "string") return null;
  const { purpose, reasoning } = request.context;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What the agent says</CardTitle>
        <CardDescription>Its own words. Nobody has checked them.</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3">
        <Quote label="Purpose" words={purpose} />
        <Quote label="Reasoning" words={reasoning} />
      </CardContent>
    </Card>
  );
}

function Quote({ label, words }: { readonly label: string; readonly words: string }) {
  return (
    <figure className="grid gap-1">
      <figcaption className="text-[13px] text-muted-foreground">{label}</figcaption>
      <blockquote className="max-w-[72ch] border-l-2 border-input pl-3 whitespace-pre-line wrap-anywhere">
        {words === "" ? "nothing" : `“${words}”`}
      </blockquote>
    </figure>
  );
}
