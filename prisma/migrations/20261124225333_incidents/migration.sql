-- Incidents, drills, second signatures, the firm-wide switch, and keys under suspicion.
-- AlterTable
ALTER TABLE "AgentKey" ADD COLUMN     "suspectAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Incident" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "agentId" TEXT,
    "containmentId" TEXT,
    "state" TEXT NOT NULL DEFAULT 'open',
    "openedById" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "occurredAt" TIMESTAMPTZ(3),
    "detectedAt" TIMESTAMPTZ(3) NOT NULL,
    "awareAt" TIMESTAMPTZ(3),
    "awareBasis" TEXT NOT NULL DEFAULT '',
    "entityType" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "holidays" TEXT[],
    "dora" JSONB,
    "result" TEXT,
    "classifiedAt" TIMESTAMPTZ(3),
    "aiAct" JSONB,
    "rootCauseCode" TEXT,
    "rootCause" TEXT NOT NULL DEFAULT '',
    "lessons" TEXT NOT NULL DEFAULT '',
    "closedAt" TIMESTAMPTZ(3),
    "closedById" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentAction" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "doneById" TEXT,

    CONSTRAINT "IncidentAction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IncidentReport" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "submittedAt" TIMESTAMPTZ(3) NOT NULL,
    "reference" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "IncidentReport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ContainmentLift" (
    "containmentId" TEXT NOT NULL,
    "toLevel" TEXT,
    "signedById" TEXT NOT NULL,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,

    CONSTRAINT "ContainmentLift_pkey" PRIMARY KEY ("containmentId")
);

-- CreateTable
CREATE TABLE "ContainmentDrill" (
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "startedById" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "endedSeq" BIGINT,

    CONSTRAINT "ContainmentDrill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DrillNotice" (
    "drillId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "seq" BIGINT,

    CONSTRAINT "DrillNotice_pkey" PRIMARY KEY ("drillId","personId")
);

-- CreateTable
CREATE TABLE "FirmStop" (
    "id" TEXT NOT NULL,
    "thrownById" TEXT NOT NULL,
    "thrownAt" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT NOT NULL,
    "agents" INTEGER NOT NULL,
    "assurance" TEXT NOT NULL,

    CONSTRAINT "FirmStop_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Incident_state_openedAt_idx" ON "Incident"("state", "openedAt");

-- CreateIndex
CREATE INDEX "Incident_agentId_openedAt_idx" ON "Incident"("agentId", "openedAt");

-- CreateIndex
CREATE INDEX "IncidentAction_incidentId_dueAt_idx" ON "IncidentAction"("incidentId", "dueAt");

-- CreateIndex
CREATE INDEX "IncidentAction_ownerId_doneAt_idx" ON "IncidentAction"("ownerId", "doneAt");

-- CreateIndex
CREATE INDEX "IncidentReport_incidentId_submittedAt_idx" ON "IncidentReport"("incidentId", "submittedAt");

-- CreateIndex
CREATE INDEX "ContainmentDrill_agentId_startedAt_idx" ON "ContainmentDrill"("agentId", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "FirmStop_seq_key" ON "FirmStop"("seq");

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_containmentId_fkey" FOREIGN KEY ("containmentId") REFERENCES "Containment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_openedById_fkey" FOREIGN KEY ("openedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentReport" ADD CONSTRAINT "IncidentReport_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "Incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentReport" ADD CONSTRAINT "IncidentReport_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContainmentLift" ADD CONSTRAINT "ContainmentLift_containmentId_fkey" FOREIGN KEY ("containmentId") REFERENCES "Containment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContainmentLift" ADD CONSTRAINT "ContainmentLift_signedById_fkey" FOREIGN KEY ("signedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContainmentDrill" ADD CONSTRAINT "ContainmentDrill_agentId_fkey" FOREIGN KEY ("agentId") REFERENCES "Agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ContainmentDrill" ADD CONSTRAINT "ContainmentDrill_startedById_fkey" FOREIGN KEY ("startedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DrillNotice" ADD CONSTRAINT "DrillNotice_drillId_fkey" FOREIGN KEY ("drillId") REFERENCES "ContainmentDrill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DrillNotice" ADD CONSTRAINT "DrillNotice_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FirmStop" ADD CONSTRAINT "FirmStop_thrownById_fkey" FOREIGN KEY ("thrownById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Closed lists and what belongs together ------------------------------------------------------------
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_state" CHECK ("state" IN ('open', 'closed'));
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_closed" CHECK (("state" = 'closed') = ("closedAt" IS NOT NULL) AND ("closedAt" IS NULL) = ("closedById" IS NULL) AND ("state" = 'open' OR "lessons" <> ''));
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_result" CHECK ("result" IN ('not-an-incident', 'not-major', 'major'));
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_classified" CHECK (("result" IS NOT DISTINCT FROM 'major') = ("classifiedAt" IS NOT NULL));
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_aware" CHECK ("awareAt" IS NULL OR "awareBasis" <> '');
ALTER TABLE "IncidentAction" ADD CONSTRAINT "IncidentAction_done" CHECK (("doneAt" IS NULL) = ("doneById" IS NULL));
ALTER TABLE "IncidentReport" ADD CONSTRAINT "IncidentReport_kind" CHECK ("kind" IN ('dora-initial', 'dora-intermediate', 'dora-final', 'ai-provider', 'ai-authority'));
ALTER TABLE "ContainmentLift" ADD CONSTRAINT "ContainmentLift_level" CHECK ("toLevel" IN ('observe', 'throttle', 'confirm-all', 'quarantine'));
ALTER TABLE "ContainmentDrill" ADD CONSTRAINT "ContainmentDrill_level" CHECK ("level" IN ('observe', 'throttle', 'confirm-all', 'quarantine', 'stopped'));
ALTER TABLE "ContainmentDrill" ADD CONSTRAINT "ContainmentDrill_ended" CHECK (("endedAt" IS NULL) = ("endedSeq" IS NULL));
ALTER TABLE "DrillNotice" ADD CONSTRAINT "DrillNotice_acknowledged" CHECK (("acknowledgedAt" IS NULL) = ("seq" IS NULL));
ALTER TABLE "FirmStop" ADD CONSTRAINT "FirmStop_assurance" CHECK ("assurance" IN ('passkey', 'password'));
CREATE UNIQUE INDEX "ContainmentDrill_one_open" ON "ContainmentDrill" ("agentId") WHERE "endedAt" IS NULL;

-- What left the house, and that the switch was thrown, stays as it was written -----------------------
REVOKE UPDATE, DELETE, TRUNCATE ON "IncidentReport", "FirmStop" FROM countersign_app;
REVOKE DELETE, TRUNCATE ON "Incident", "IncidentAction", "ContainmentDrill", "DrillNotice" FROM countersign_app;
