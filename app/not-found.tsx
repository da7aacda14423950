import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/layout/message-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main>
      <MessagePage
        code="404"
        title="There is nothing at this address"
        actions={
          <Button asChild>
            <Link href="/">Go to Today</Link>
          </Button>
        }
      >
        <p>It may have been mistyped, or it names something that was never here.</p>
      </MessagePage>
    </main>
  );
}
