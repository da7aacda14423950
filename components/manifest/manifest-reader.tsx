import { CodeBlock } from "@/components/ui/code-block";
import { Details } from "@/components/ui/collapsible";
import type { BacktestView, ComparisonView, ManifestView } from "@/lib/domain/manifest/view";
import { AgentStanding } from "./agent-standing";
import { ApprovalHistory } from "./approval-history";
import { ApprovePanel } from "./approve-panel";
import { AtAGlance } from "./at-a-glance";
import { BacktestPanel, type RunBacktestAction } from "./backtest-panel";
import { ChangeList, ChangeSummary } from "./change-list";
import { DecisionPanel, type ManifestAct } from "./decision-panel";
import { FindingList, Place } from "./finding-list";
import { ManifestFacts } from "./manifest-facts";
import { PlainManifestView } from "./plain-manifest-view";
import { ReadSection } from "./read-section";
import type { ApproveAction, PrepareApprovalAction } from "./use-approval";
import type { Reader } from "./why-not-approve";

type ReaderProps = {
  readonly view: ManifestView;
  /** null while the document is not valid */
  readonly comparison: ComparisonView | null;
  readonly backtest: BacktestView | null;
  readonly reader: Reader;
  readonly actions: {
    readonly runBacktest: RunBacktestAction;
    readonly prepare: PrepareApprovalAction;
    readonly approve: ApproveAction;
    readonly returnToOwner: ManifestAct;
    readonly revoke: ManifestAct;
    readonly withdraw: ManifestAct;
  };
};

/** The page that a sponsor reads before they answer for it: what it says, what it changes, what it would have done. */
export function ManifestReader({ view, comparison, backtest, reader, actions }: ReaderProps) {
  return (
    <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,1fr)_23rem]">
      <div className="grid min-w-0 gap-4">
        <ReadSection id="facts" title="Who, what and when">
          <div className="grid gap-4">
            <ManifestFacts view={view} />
            <AtAGlance view={view} comparison={comparison} backtest={backtest} />
          </div>
        </ReadSection>
        <ReadSection id="plain" title="What it says" description="Every rule and limit, in words.">
          {view.plain === null ? (
            <Problems view={view} />
          ) : (
            <PlainManifestView plain={view.plain} />
          )}
        </ReadSection>
        <ReadSection id="changes" title={changesTitle(view, comparison)}>
          <Changes view={view} comparison={comparison} />
        </ReadSection>
        <ReadSection
          id="backtest"
          title="What the last 30 days would have got"
          description="The agent's real requests, decided again under this version."
        >
          <BacktestPanel
            manifestId={view.id}
            backtest={backtest}
            mayRead={reader.mayReadRequests}
            complete={view.manifest !== null}
            binding={view.state === "submitted"}
            auto={view.can.approve}
            run={actions.runBacktest}
          />
        </ReadSection>
        <ReadSection
          id="findings"
          title="What a careful reader would object to"
          description="Found by a static check of the document."
        >
          {view.findings.length > 0 ? (
            <FindingList findings={view.findings} />
          ) : (
            <p className="text-sm text-muted-foreground">
              {view.manifest === null
                ? "The check runs once the document is complete."
                : "Nothing."}
            </p>
          )}
        </ReadSection>
        <ReadSection id="standing" title="How the agent behaves now">
          <AgentStanding view={view} />
        </ReadSection>
        <ReadSection id="history" title="Signatures and history">
          <ApprovalHistory approvals={view.approvals} history={view.history} />
        </ReadSection>
        <Details summary="The document itself, as JSON">
          <CodeBlock code={view.text} label={`Version ${view.version}`} />
        </Details>
      </div>
      <aside
        aria-label="Decision"
        className="min-w-0 xl:sticky xl:top-16 xl:max-h-[calc(100dvh-5rem)] xl:overflow-y-auto"
      >
        <DecisionPanel
          view={view}
          reader={reader}
          actions={actions}
          approve={
            comparison === null ? null : (
              <ApprovePanel
                manifestId={view.id}
                backtestId={backtest?.fresh ? backtest.id : null}
                attestation={comparison.attestation}
                facts={{
                  approverName: reader.name,
                  agentName: view.agent.name,
                  version: view.version,
                  previousVersion: comparison.inForce?.version ?? null,
                  widenings: comparison.changes
                    .filter(({ kind }) => kind === "widening" || kind === "unclear")
                    .map(({ title, after }) => ({ title, after })),
                  newlyAllowed: backtest?.result.counts.allowed ?? 0,
                }}
                actions={actions}
              />
            )
          }
        />
      </aside>
    </div>
  );
}

function changesTitle(view: ManifestView, comparison: ComparisonView | null): string {
  if (!comparison?.inForce) return "What it changes";
  const { version } = comparison.inForce;
  return view.approvedAt === null
    ? `What it changes against version ${version}, in force now`
    : `What it changed against version ${version}, which it replaced`;
}

function Problems({ view }: { readonly view: ManifestView }) {
  return (
    <div className="grid gap-2 text-sm">
      <p className="text-muted-foreground">It is not a complete manifest yet:</p>
      <ul className="grid gap-2">
        {view.problems.map(({ path, message }) => (
          <li key={`${path}-${message}`} className="grid gap-0.5">
            <Place path={path} />
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Changes({
  view,
  comparison,
}: {
  readonly view: ManifestView;
  readonly comparison: ComparisonView | null;
}) {
  if (comparison === null) {
    return (
      <p className="text-sm text-muted-foreground">
        It can be compared once the document is complete.
      </p>
    );
  }
  if (comparison.changes.length === 0) {
    return <p className="text-sm text-muted-foreground">Nothing: both say the same.</p>;
  }
  return (
    <div className="grid gap-4">
      <ChangeSummary
        counts={comparison.counts}
        first={comparison.inForce === null}
        decided={view.approvedAt !== null}
      />
      <ChangeList changes={comparison.changes} currency={view.manifest?.budgets.spend?.currency} />
    </div>
  );
}
