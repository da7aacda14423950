import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { ManifestView } from "@/lib/domain/manifest/view";

/** Why it was sent back, for as long as that is the last word on it. */
export function ReturnReason({ view }: { readonly view: ManifestView }) {
  if (view.returnReason === null || !["draft", "returned"].includes(view.state)) return null;
  return (
    <Alert tone="hold" className="mb-4">
      <AlertTitle>It was returned, with these reasons</AlertTitle>
      <AlertDescription className="whitespace-pre-line">{view.returnReason}</AlertDescription>
    </Alert>
  );
}
