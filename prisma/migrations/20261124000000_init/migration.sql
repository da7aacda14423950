-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "LegalEntity" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lei" TEXT,
    "country" TEXT NOT NULL,

    CONSTRAINT "LegalEntity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Agent" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "legalEntityId" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'registered',
    "classification" JSONB NOT NULL,
    "tier" TEXT NOT NULL,
    "dedicatedCredentials" BOOLEAN NOT NULL DEFAULT false,
    "loggingEnabled" BOOLEAN NOT NULL DEFAULT false,
    "resources" TEXT[],
    "containment" TEXT,
    "riskScore" INTEGER NOT NULL DEFAULT 0,
    "riskAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "productionAt" TIMESTAMPTZ(3),
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AgentKey" (
    "jkt" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "publicJwk" JSONB NOT NULL,
    "notBefore" TIMESTAMPTZ(3) NOT NULL,
    "notAfter" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AgentKey_pkey" PRIMARY KEY ("jkt")
);

-- CreateTable
CREATE TABLE "Sponsorship" (
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "toAt" TIMESTAMPTZ(3),

    CONSTRAINT "Sponsorship_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Containment" (
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "byPerson" TEXT,
    "byRule" TEXT,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL,
    "appliedSeq" BIGINT NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),
    "liftedBy" TEXT,
    "liftedSeq" BIGINT,

    CONSTRAINT "Containment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RiskScore" (
    "id" BIGSERIAL NOT NULL,
    "agentId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "score" INTEGER NOT NULL,
    "formula" TEXT NOT NULL,
    "factors" JSONB NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "RiskScore_pkey" PRIMARY KEY ("id")
);

-- The instants in a ledger body end in `Z`, so that reading them depends on no setting; the plain cast
-- is only `stable`, and a generated column needs an immutable function.
CREATE FUNCTION ledger_instant(value TEXT) RETURNS TIMESTAMPTZ
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF value !~ '^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$' THEN
        RAISE EXCEPTION 'not a UTC instant: %', value;
    END IF;
    RETURN value::timestamptz;
END $$;

-- CreateTable
CREATE TABLE "LedgerEntry" (
    "seq" BIGINT NOT NULL,
    "canonical" TEXT NOT NULL,
    "leafHash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) GENERATED ALWAYS AS (ledger_instant("canonical"::jsonb ->> 'at')) STORED,
    "kind" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'kind') STORED,
    "agentId" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'agentId') STORED,
    "personId" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'personId') STORED,
    "sponsorId" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'sponsorId') STORED,
    "manifestId" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'manifestId') STORED,
    "outcome" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'outcome') STORED,
    "reason" TEXT GENERATED ALWAYS AS ("canonical"::jsonb ->> 'reason') STORED,

    CONSTRAINT "LedgerEntry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "LedgerDetail" (
    "seq" BIGINT NOT NULL,
    "salt" BYTEA NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "LedgerDetail_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Checkpoint" (
    "size" BIGINT NOT NULL,
    "rootHash" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "frontier" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Checkpoint_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "StateEpoch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "epoch" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "StateEpoch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SeenProof" (
    "jkt" TEXT NOT NULL,
    "jti" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SeenProof_pkey" PRIMARY KEY ("jkt","jti")
);

-- CreateTable
CREATE TABLE "BudgetUsage" (
    "agentId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "bucket" BIGINT NOT NULL,
    "requests" INTEGER NOT NULL DEFAULT 0,
    "records" BIGINT NOT NULL DEFAULT 0,
    "spend" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "BudgetUsage_pkey" PRIMARY KEY ("agentId","period","bucket")
);

-- CreateTable
CREATE TABLE "Manifest" (
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "document" JSONB NOT NULL,
    "digest" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "authorId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "submittedAt" TIMESTAMPTZ(3),
    "approvedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "returnReason" TEXT,
    "reviewId" TEXT,

    CONSTRAINT "Manifest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Approval" (
    "id" TEXT NOT NULL,
    "manifestId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "assurance" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "statement" JSONB NOT NULL,
    "assertion" JSONB,
    "backtestId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "Approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Backtest" (
    "id" TEXT NOT NULL,
    "manifestId" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Backtest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ManifestToken" (
    "hash" TEXT NOT NULL,
    "manifestId" TEXT NOT NULL,
    "jkt" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ManifestToken_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "ConfirmedTarget" (
    "manifestId" TEXT NOT NULL,
    "clusterId" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "reviewId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConfirmedTarget_pkey" PRIMARY KEY ("manifestId","clusterId","target")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "timeZone" TEXT NOT NULL DEFAULT 'Europe/London',
    "passwordHash" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "lastVisitAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PersonRole" (
    "personId" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "PersonRole_pkey" PRIMARY KEY ("personId","role")
);

-- CreateTable
CREATE TABLE "SignInSession" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "userAgent" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SignInSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Challenge" (
    "id" TEXT NOT NULL,
    "personId" TEXT,
    "purpose" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "subject" TEXT,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignInThrottle" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "windowStart" TIMESTAMPTZ(3) NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "SignInThrottle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "href" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "module" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "score" INTEGER NOT NULL,
    "passedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "sponsorId" TEXT,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requestDigest" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "asked" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "escalatedAt" TIMESTAMPTZ(3),
    "resolution" TEXT,
    "resolvedById" TEXT,
    "resolvedAt" TIMESTAMPTZ(3),
    "resolvedSeq" BIGINT,

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "reviewId" TEXT NOT NULL,
    "requestDigest" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "usedSeq" BIGINT,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "LegalEntity_name_key" ON "LegalEntity"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Agent_nameKey_key" ON "Agent"("nameKey");

-- CreateIndex
CREATE INDEX "Agent_status_tier_idx" ON "Agent"("status", "tier");

-- CreateIndex
CREATE INDEX "Agent_ownerId_idx" ON "Agent"("ownerId");

-- CreateIndex
CREATE INDEX "AgentKey_agentId_idx" ON "AgentKey"("agentId");

-- CreateIndex
CREATE INDEX "Sponsorship_agentId_toAt_idx" ON "Sponsorship"("agentId", "toAt");

-- CreateIndex
CREATE INDEX "Sponsorship_personId_toAt_idx" ON "Sponsorship"("personId", "toAt");

-- CreateIndex
CREATE INDEX "Containment_agentId_liftedAt_idx" ON "Containment"("agentId", "liftedAt");

-- CreateIndex
CREATE INDEX "RiskScore_agentId_at_idx" ON "RiskScore"("agentId", "at");

-- CreateIndex
CREATE INDEX "LedgerEntry_at_idx" ON "LedgerEntry"("at");

-- CreateIndex
CREATE INDEX "LedgerEntry_agentId_seq_idx" ON "LedgerEntry"("agentId", "seq");

-- CreateIndex
CREATE INDEX "LedgerEntry_kind_seq_idx" ON "LedgerEntry"("kind", "seq");

-- CreateIndex
CREATE INDEX "LedgerEntry_sponsorId_seq_idx" ON "LedgerEntry"("sponsorId", "seq");

-- CreateIndex
CREATE INDEX "LedgerEntry_personId_seq_idx" ON "LedgerEntry"("personId", "seq");

-- CreateIndex
CREATE INDEX "SeenProof_expiresAt_idx" ON "SeenProof"("expiresAt");

-- CreateIndex
CREATE INDEX "Manifest_state_submittedAt_idx" ON "Manifest"("state", "submittedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Manifest_agentId_version_key" ON "Manifest"("agentId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Approval_manifestId_personId_key" ON "Approval"("manifestId", "personId");

-- CreateIndex
CREATE INDEX "Backtest_manifestId_createdAt_idx" ON "Backtest"("manifestId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ManifestToken_manifestId_jkt_key" ON "ManifestToken"("manifestId", "jkt");

-- CreateIndex
CREATE UNIQUE INDEX "Person_email_key" ON "Person"("email");

-- CreateIndex
CREATE INDEX "SignInSession_personId_revokedAt_idx" ON "SignInSession"("personId", "revokedAt");

-- CreateIndex
CREATE INDEX "Passkey_personId_idx" ON "Passkey"("personId");

-- CreateIndex
CREATE INDEX "Challenge_expiresAt_idx" ON "Challenge"("expiresAt");

-- CreateIndex
CREATE INDEX "Notification_personId_readAt_createdAt_idx" ON "Notification"("personId", "readAt", "createdAt");

-- CreateIndex
CREATE INDEX "Certificate_personId_module_expiresAt_idx" ON "Certificate"("personId", "module", "expiresAt");

-- CreateIndex
CREATE INDEX "Review_state_dueAt_idx" ON "Review"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Review_agentId_createdAt_idx" ON "Review"("agentId", "createdAt");

-- CreateIndex
CREATE INDEX "Review_sponsorId_state_idx" ON "Review"("sponsorId", "state");

-- CreateIndex
CREATE INDEX "Grant_agentId_requestDigest_usedAt_idx" ON "Grant"("agentId", "requestDigest", "usedAt");

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_legalEntityId_fkey" FOREIGN KEY ("legalEntityId") REFERENCES "LegalEntity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AgentKey" ADD CONSTRAINT "AgentKey_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sponsorship" ADD CONSTRAINT "Sponsorship_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Sponsorship" ADD CONSTRAINT "Sponsorship_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Containment" ADD CONSTRAINT "Containment_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RiskScore" ADD CONSTRAINT "RiskScore_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BudgetUsage" ADD CONSTRAINT "BudgetUsage_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Manifest" ADD CONSTRAINT "Manifest_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Manifest" ADD CONSTRAINT "Manifest_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_manifestId_fkey" FOREIGN KEY ("manifestId") REFERENCES "Manifest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_backtestId_fkey" FOREIGN KEY ("backtestId") REFERENCES "Backtest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ManifestToken" ADD CONSTRAINT "ManifestToken_manifestId_fkey" FOREIGN KEY ("manifestId") REFERENCES "Manifest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ManifestToken" ADD CONSTRAINT "ManifestToken_jkt_fkey" FOREIGN KEY ("jkt") REFERENCES "AgentKey"("jkt") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConfirmedTarget" ADD CONSTRAINT "ConfirmedTarget_manifestId_fkey" FOREIGN KEY ("manifestId") REFERENCES "Manifest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PersonRole" ADD CONSTRAINT "PersonRole_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignInSession" ADD CONSTRAINT "SignInSession_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_sponsorId_fkey" FOREIGN KEY ("sponsorId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_resolvedById_fkey" FOREIGN KEY ("resolvedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
