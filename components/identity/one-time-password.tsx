"use client";

import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/code-block";
import { DialogClose, DialogFooter } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";

/** A temporary password, on the screen this once. */
export function OneTimePassword({
  password,
  name,
}: {
  readonly password: string;
  readonly name: string;
}) {
  return (
    <div className="grid gap-4" role="status">
      <Alert tone="hold">
        <AlertTitle>You see this password only now</AlertTitle>
        <AlertDescription>
          Give it to {name} in person or by telephone. It works for three days, and must be changed
          at the first sign-in.
        </AlertDescription>
      </Alert>
      <div className="flex items-center gap-2">
        <Input
          readOnly
          aria-label="Temporary password"
          value={password}
          className="font-mono"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={password} />
      </div>
      <DialogFooter>
        <DialogClose asChild>
          <Button>I have passed it on</Button>
        </DialogClose>
      </DialogFooter>
    </div>
  );
}
