import { z } from "zod";
import { TypedPassword } from "@/lib/domain/identity/password";

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/);

export const CredentialId = base64url(1400);

/** AuthenticationResponseJSON (WebAuthn Level 3 §5.1), with nothing in it that we don't read. */
export const AuthenticationResponse = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url(8000),
    authenticatorData: base64url(4000),
    signature: base64url(4000),
    userHandle: base64url(200).optional(),
  }),
  clientExtensionResults: z.object({}),
});
export type AuthenticationResponse = z.infer<typeof AuthenticationResponse>;

/** RegistrationResponseJSON (WebAuthn Level 3 §5.1). */
export const RegistrationResponse = z.object({
  id: CredentialId,
  rawId: CredentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url(8000),
    attestationObject: base64url(40_000),
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
  clientExtensionResults: z.object({}),
});
export type RegistrationResponse = z.infer<typeof RegistrationResponse>;

/** How a person proves that it is them, at the moment of an act that binds them. */
export const StepUpProof = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("passkey"), response: AuthenticationResponse }),
  z.strictObject({ kind: z.literal("password"), password: TypedPassword }),
]);
export type StepUpProof = z.infer<typeof StepUpProof>;

/** What a third party needs to verify that this key signed this digest (WebAuthn Level 3 §7.2). All base64url. */
export type Assertion = {
  readonly credentialId: string;
  /** COSE_Key (RFC 9052) */
  readonly publicKey: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
  readonly rpId: string;
  readonly origin: string;
};

export type StepUpResult =
  | { readonly assurance: "passkey"; readonly assertion: Assertion }
  | { readonly assurance: "password" };
