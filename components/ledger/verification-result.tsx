import Link from "next/link";
import { DescriptionList } from "@/components/layout/description-list";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { PROBLEMS, type VerificationReport } from "@/lib/domain/ledger/report";
import { formatCount, formatNumber } from "@/lib/format";

/** What a verification read and found, in words. */
export function VerificationResult({ report }: { readonly report: VerificationReport }) {
  const sound = report.problemCount === 0;
  const { details } = report;
  return (
    <Alert tone={sound ? "allow" : "block"}>
      <AlertTitle>
        {sound ? "No problem found" : `${formatCount(report.problemCount, "problem")} found`}
      </AlertTitle>
      <AlertDescription className="grid gap-3">
        {sound ? null : <Problems report={report} />}
        <DescriptionList
          items={[
            {
              term: "Entries recomputed",
              value: `${formatNumber(report.size)}: number, text, leaf hash and searchable columns`,
            },
            {
              term: "Words and personal details",
              value: `${formatNumber(details.present)} compared with what their entries commit to; ${formatNumber(details.erased)} erased; ${formatCount(details.none, "entry has", "entries have")} none`,
            },
            {
              term: "Signed heads",
              value: `${formatNumber(report.checkpoints)}: signature, and root at their size`,
            },
            {
              term: "Not yet signed",
              value: formatCount(report.uncovered, "newest entry", "newest entries"),
            },
            {
              term: "Root of the tree",
              value: <code className="font-mono text-xs break-all">{report.root}</code>,
            },
            { term: "Took", value: `${formatNumber(report.milliseconds)} ms` },
            {
              term: "Recorded as",
              value: (
                <Link
                  href={`/ledger/${report.recordedAt}`}
                  className="underline underline-offset-2"
                >
                  entry {report.recordedAt}
                </Link>
              ),
            },
          ]}
        />
      </AlertDescription>
    </Alert>
  );
}

function Problems({ report }: { readonly report: VerificationReport }) {
  const hidden = report.problemCount - report.problems.length;
  return (
    <ul className="grid list-disc gap-1 pl-5">
      {report.problems.map(({ code, seq }) => (
        <li key={`${code} ${seq}`}>
          <Link href={`/ledger/${seq}`} className="underline underline-offset-2">
            Entry {seq}
          </Link>
          : {PROBLEMS[code]}
        </li>
      ))}
      {hidden > 0 ? <li>and {formatNumber(hidden)} more</li> : null}
    </ul>
  );
}
