import type { NextConfig } from "next";

const https = process.env["NEXTAUTH_URL"]?.startsWith("https://") ?? false;

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run typecheck` checks the whole tree with a faster compiler; a second check here would only cost time.
  typescript: { ignoreBuildErrors: true },
  // Logging and the database run as Node modules, not as bundles.
  serverExternalPackages: ["pino", "pg", "@prisma/client", "@prisma/adapter-pg"],
  experimental: {
    // forbidden() renders app/(console)/forbidden.tsx with status 403.
    authInterrupts: true,
    serverActions: { bodySizeLimit: "1mb" },
  },
  // The content security policy carries a nonce and is set in proxy.ts; these are the same for every answer.
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
        {
          key: "Permissions-Policy",
          value:
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)",
        },
        ...(https
          ? [{ key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" }]
          : []),
      ],
    },
  ],
};

export default config;
