"use client";

import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { ClustersSection } from "./clusters-section";
import { useFormEditor } from "./editor-context";
import { PartErrors } from "./form-section";
import { HoursSection } from "./hours-section";
import {
  BudgetsSection,
  CeilingSection,
  GoalSection,
  NetworkSection,
  RiskSection,
} from "./limits-sections";
import { NeverSection } from "./never-section";
import { ValiditySection } from "./validity-section";

/** The document as a form. While the JSON can't be read it shows the last document that could, and can't be changed. */
export function FormPane({ unreadable }: { readonly unreadable: string | null }) {
  const { locked } = useFormEditor();
  return (
    <div className="grid min-w-0 gap-4">
      {unreadable === null ? null : (
        <Alert tone="hold" role="status">
          <AlertTitle>The form waits for the JSON</AlertTitle>
          <AlertDescription>
            {unreadable} Until it is mended, the form shows the document as it was before and can't
            be changed. Nothing is lost.
          </AlertDescription>
        </Alert>
      )}
      <form
        method="post"
        className="grid min-w-0 gap-4"
        aria-label="Manifest form"
        aria-disabled={locked}
        noValidate
        onSubmit={(event) => event.preventDefault()}
      >
        <PartErrors path={[]} />
        <GoalSection />
        <ClustersSection />
        <NeverSection />
        <CeilingSection />
        <BudgetsSection />
        <HoursSection />
        <NetworkSection />
        <RiskSection />
        <ValiditySection />
      </form>
    </div>
  );
}
