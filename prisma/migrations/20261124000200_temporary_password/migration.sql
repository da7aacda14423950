-- A password that an administrator gave out: it must be changed at the first sign-in, and ends by itself.
ALTER TABLE "Person" ADD COLUMN "passwordExpiresAt" TIMESTAMPTZ(3);
ALTER TABLE "Person" ADD CONSTRAINT "Person_temporary_password" CHECK ("passwordExpiresAt" IS NULL OR "passwordHash" IS NOT NULL);
ALTER TABLE "SignInSession" ADD CONSTRAINT "SignInSession_method" CHECK ("method" IN ('password', 'passkey', 'temporary', 'demo'));
ALTER TABLE "SignInSession" ADD CONSTRAINT "SignInSession_period" CHECK ("expiresAt" > "createdAt");
