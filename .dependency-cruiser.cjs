/** Import direction. One rule per sentence in docs/architecture.md. */
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "domain-is-pure",
      comment: "lib/domain may import itself and the packages listed here. No I/O, no framework.",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: "\\.test\\.ts$" },
      to: {
        pathNot: [
          "^lib/domain/",
          "^node_modules/(zod|@noble/(hashes|curves)|@marcbachmann/cel-js)/",
        ],
      },
    },
    {
      name: "server-knows-no-ui",
      severity: "error",
      from: { path: "^lib/server/" },
      to: { path: "^(app|components)/" },
    },
    {
      name: "components-know-no-server",
      comment: "Components take data and actions as props.",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^(app|lib/server|prisma)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "primitives-know-no-domain",
      severity: "error",
      from: { path: "^components/(ui|charts)/" },
      to: { path: "^(lib/domain|components/(?!ui|charts))" },
    },
    {
      name: "prisma-only-in-server",
      severity: "error",
      from: { path: "^(app|components|lib)/", pathNot: "^lib/server/" },
      to: { path: ["^prisma/", "^node_modules/(@prisma|\\.prisma)"] },
    },
    {
      name: "one-door-to-the-ledger",
      comment: "Only command() and the decision point append; everything else goes through them.",
      severity: "error",
      from: {
        path: "^(app|components|lib|gateway|worker)/",
        pathNot: [
          "^lib/server/(command|decision/(decide|record-outcomes)|ledger/transaction)\\.ts$",
          "\\.test\\.ts$",
        ],
      },
      to: {
        path: "^lib/server/ledger/(transaction|append)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "one-door-to-the-database",
      comment: "Application code reads through queries and writes through command().",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^lib/server/(db|command)\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "next-at-the-edge",
      comment: "Verbs and queries run without Next: only these server files may know it.",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/server/(session|action)\\.ts$" },
      to: { path: "^node_modules/(next|react|react-dom)/" },
    },
    {
      name: "verbs-do-not-nest",
      comment:
        "A verb opens a transaction, so it never calls another concept's verb: share through the domain or through queries.",
      severity: "error",
      from: { path: "^lib/server/([^/]+)/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^lib/server/[^/]+/",
        pathNot: "^lib/server/($1/|[^/]+/queries\\.ts$|ledger/(transaction|append)\\.ts$)",
      },
    },
    {
      name: "processes-are-roots",
      comment: "Nothing imports a process or a script.",
      severity: "error",
      from: { path: "^(lib|components|app)/", pathNot: "\\.test\\.ts$" },
      to: { path: "^(gateway|worker|scripts|testing|bench)/" },
    },
    {
      name: "tests-are-leaves",
      severity: "error",
      from: { pathNot: "(\\.test\\.tsx?$|^e2e/)" },
      to: { path: "\\.test\\.tsx?$" },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, path: "^(lib|components)/", pathNot: "(\\.test\\.tsx?$|\\.d\\.ts$)" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^prisma/generated/(internal|models)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
