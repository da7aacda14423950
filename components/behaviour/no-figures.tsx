import { Activity } from "lucide-react";
import { EmptyState } from "@/components/layout/empty-state";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";

/** In the place of a chart that has nothing to draw. */
export function NoFigures({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent>
        <EmptyState icon={Activity} title="No figures yet" description={words} />
      </CardContent>
    </Card>
  );
}
