"use client";

import { Download, KeyRound } from "lucide-react";
import { useState } from "react";
import { type KeyPair, makeKeyPair } from "@/components/agent/key-pair";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Details } from "@/components/ui/collapsible";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

const COMMAND = `node -e '
const { generateKeyPairSync } = require("node:crypto");
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
require("node:fs").writeFileSync("agent-key.jwk.json", JSON.stringify(privateKey.export({ format: "jwk" })), { mode: 0o600, flag: "wx" });
console.log(JSON.stringify(publicKey.export({ format: "jwk" })));'`;

/** The agent's public key: pasted as a JWK, made on the agent's host, or made in this browser. */
export function KeyField({
  value,
  onChange,
  error,
  required,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly error: string | undefined;
  readonly required: boolean;
}) {
  const [pair, setPair] = useState<KeyPair | null>(null);
  const [saved, setSaved] = useState(false);
  return (
    <div className="grid gap-3">
      <Field
        label="Public key (Ed25519, JWK)"
        error={error}
        required={required}
        hint="The agent signs each request with the private part, which never leaves it."
      >
        {(control) => (
          <Textarea
            rows={3}
            spellCheck={false}
            autoComplete="off"
            maxLength={4000}
            className="font-mono text-[13px] break-all"
            placeholder='{"kty":"OKP","crv":"Ed25519","x":"…"}'
            value={value}
            onChange={(event) => {
              onChange(event.target.value);
              setPair(null);
            }}
            {...control}
          />
        )}
      </Field>
      <Details summary="Make a key pair where the agent runs (preferred)">
        <div className="grid gap-2">
          <p className="text-[13px] text-muted-foreground">
            Writes the private key to agent-key.jwk.json, readable by that user alone, and prints
            the public key to paste above.
          </p>
          <CodeBlock label="Shell, Node 20 or later" code={COMMAND} />
        </div>
      </Details>
      <Details summary="Generate a key pair in this browser">
        <div className="grid gap-3">
          <p className="text-[13px] text-muted-foreground">
            The private key stays in this page until you download it, is never sent, and can’t be
            shown again. Move it to the agent’s host and delete the download.
          </p>
          <Button
            variant="outline"
            className="w-fit"
            onClick={() => {
              const made = makeKeyPair();
              setPair(made);
              setSaved(false);
              onChange(JSON.stringify(made.publicJwk));
            }}
          >
            <KeyRound aria-hidden />
            {pair || saved ? "Generate another pair" : "Generate a key pair"}
          </Button>
          {pair ? (
            <Alert tone="hold" role="status">
              <AlertTitle>Download the private key now</AlertTitle>
              <AlertDescription>
                The public key is filled in above. Without its private part the agent can’t use it.
              </AlertDescription>
              <Button
                size="sm"
                className="mt-1 w-fit"
                onClick={() => {
                  download(pair);
                  // Shown once: from here on it exists in the downloaded file only.
                  setPair(null);
                  setSaved(true);
                }}
              >
                <Download aria-hidden />
                Download agent-key.jwk.json
              </Button>
            </Alert>
          ) : null}
          {saved ? (
            <p role="status" className="text-[13px]">
              The private key was handed to your browser’s downloads and forgotten here.
            </p>
          ) : null}
        </div>
      </Details>
    </div>
  );
}

function download({ privateJwk }: KeyPair): void {
  const blob = new Blob([`${JSON.stringify(privateJwk, null, 2)}\n`], { type: "application/json" });
  const href = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = href;
  link.download = "agent-key.jwk.json";
  link.click();
  URL.revokeObjectURL(href);
}
