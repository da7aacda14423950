"use client";

import { KeyRound, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { KeyBadge } from "@/components/agent/badges";
import { KeyField } from "@/components/agent/key-field";
import { keyProblem } from "@/components/agent/key-problem";
import { EmptyState } from "@/components/layout/empty-state";
import { type FormState, FormStatus, fieldError } from "@/components/layout/form-status";
import { SubmitButton } from "@/components/layout/submit-button";
import { Time } from "@/components/layout/time";
import { useAct } from "@/components/layout/use-act";
import { ReasonDialog } from "@/components/manifest/reason-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardHeader, CardTitle } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/code-block";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import type { KeyView } from "@/lib/domain/agent/view";
import { shortHash } from "@/lib/format";

export type KeyActs = {
  readonly add: (input: unknown) => Promise<FormState>;
  readonly revoke: (agentId: string, jkt: string, reason: string) => Promise<FormState>;
};

/** The agent's keys, the newest first. `acts` is null for who may not change them. */
export function KeysPanel({
  agentId,
  keys,
  acts,
}: {
  readonly agentId: string;
  readonly keys: readonly KeyView[];
  readonly acts: KeyActs | null;
}) {
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>Keys</CardTitle>
        <CardAction>{acts ? <AddKeyDialog agentId={agentId} add={acts.add} /> : null}</CardAction>
      </CardHeader>
      {keys.length === 0 ? (
        <EmptyState
          icon={KeyRound}
          title="No key yet"
          description="With its key the agent signs every request. Several can be valid at once, so that they can be rotated without a gap."
        />
      ) : (
        <Table label="Keys">
          <TableHeader>
            <tr>
              <TableHead>Thumbprint (RFC 7638)</TableHead>
              <TableHead>State</TableHead>
              <TableHead>Valid from</TableHead>
              <TableHead>Valid to</TableHead>
              <TableHead>
                <span className="sr-only">Actions</span>
              </TableHead>
            </tr>
          </TableHeader>
          <TableBody>
            {keys.map((key) => (
              <TableRow key={key.jkt}>
                <TableCell className="whitespace-nowrap">
                  <code className="font-mono text-[13px]" title={key.jkt}>
                    {shortHash(key.jkt, 8)}
                  </code>
                  <CopyButton text={key.jkt} />
                </TableCell>
                <TableCell>
                  <KeyBadge state={key.state} />
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  <Time iso={key.notBefore} />
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  <KeyEnd row={key} />
                </TableCell>
                <TableCell className="text-right">
                  {acts && key.revokedAt === null && key.state !== "expired" ? (
                    <ReasonDialog
                      trigger="Revoke"
                      variant="outline"
                      title="Revoke this key"
                      description={
                        <p>
                          What it signs is refused from now on, for good. If it is the only one, the
                          agent can ask for nothing until it has another.
                        </p>
                      }
                      confirm="Revoke the key"
                      reason={{ label: "Reason", hint: "Recorded in the ledger." }}
                      act={(reason) => acts.revoke(agentId, key.jkt, reason)}
                    />
                  ) : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function KeyEnd({ row }: { readonly row: KeyView }) {
  if (row.revokedAt !== null) {
    return (
      <>
        revoked <Time iso={row.revokedAt} />
      </>
    );
  }
  return row.notAfter === null ? "until revoked" : <Time iso={row.notAfter} />;
}

function AddKeyDialog({
  agentId,
  add,
}: {
  readonly agentId: string;
  readonly add: KeyActs["add"];
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden />
          Add a key
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-xl">
        <DialogHeader>
          <DialogTitle>Add a key</DialogTitle>
          <DialogDescription>
            The keys that it has stay valid: revoke the old one once the agent uses the new one.
          </DialogDescription>
        </DialogHeader>
        <AddKeyForm agentId={agentId} add={add} onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

function AddKeyForm({
  agentId,
  add,
  onDone,
}: {
  readonly agentId: string;
  readonly add: KeyActs["add"];
  readonly onDone: () => void;
}) {
  const router = useRouter();
  const { state, pending, run, setState } = useAct();
  const [publicJwk, setPublicJwk] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  return (
    <form
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const problem = keyProblem(publicJwk);
        if (problem) return setState(problem);
        const period = {
          ...(from === "" ? {} : { notBefore: new Date(from).toISOString() }),
          ...(to === "" ? {} : { notAfter: new Date(to).toISOString() }),
        };
        run(
          () => add({ agentId, publicJwk, ...period }),
          () => {
            onDone();
            router.refresh();
          },
        );
      }}
    >
      <FormStatus state={state} shown={["publicJwk", "notBefore", "notAfter"]} />
      <KeyField
        value={publicJwk}
        onChange={setPublicJwk}
        error={fieldError(state, "publicJwk")}
        required
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Valid from"
          className="content-start"
          error={fieldError(state, "notBefore")}
          hint="At once where it is empty. Your device’s time zone."
        >
          {(control) => (
            <Input
              type="datetime-local"
              value={from}
              onChange={(event) => setFrom(event.target.value)}
              {...control}
            />
          )}
        </Field>
        <Field
          label="Valid to"
          className="content-start"
          error={fieldError(state, "notAfter")}
          hint="Until revoked where it is empty."
        >
          {(control) => (
            <Input
              type="datetime-local"
              value={to}
              onChange={(event) => setTo(event.target.value)}
              {...control}
            />
          )}
        </Field>
      </div>
      <DialogFooter>
        <SubmitButton pending={pending}>Register the key</SubmitButton>
      </DialogFooter>
    </form>
  );
}
