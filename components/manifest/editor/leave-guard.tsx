"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import type { Saved } from "./editor-state";

/**
 * Nobody leaves with unsaved changes by accident. A link inside the console first tries to save; what can't be saved
 * (broken JSON, a conflict, no connection) is asked about. Closing the tab asks in the browser's own words.
 */
export function LeaveGuard({
  dirty,
  flush,
}: {
  readonly dirty: boolean;
  readonly flush: () => Promise<Saved | null>;
}) {
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const follow = (event: MouseEvent) => {
      const href = linkThatLeaves(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      void flush().then((saved) => (saved === null ? setTarget(href) : router.push(href)));
    };
    window.addEventListener("beforeunload", ask);
    // Captured, to come before the router's own links.
    document.addEventListener("click", follow, true);
    return () => {
      window.removeEventListener("beforeunload", ask);
      document.removeEventListener("click", follow, true);
    };
  }, [dirty, flush, router]);

  return (
    <AlertDialog open={target !== null} onOpenChange={(open) => (open ? null : setTarget(null))}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Leave without saving?</AlertDialogTitle>
          <AlertDialogDescription>
            Your last changes could not be saved. If you leave now, they are lost; the last saved
            version stays as it is.
          </AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Stay here</AlertDialogCancel>
          <Button
            variant="destructive"
            onClick={() => {
              const href = target;
              setTarget(null);
              if (href !== null) router.push(href);
            }}
          >
            Leave without saving
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}

/** The address inside the console that a plain click on a link leads to; null for everything else. */
function linkThatLeaves(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return null;
  }
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === "_blank") return null;
  const url = new URL(link.href);
  if (url.origin !== window.location.origin || url.pathname === window.location.pathname) {
    return null;
  }
  return url.pathname + url.search + url.hash;
}
