// The settings of the certificate as they are typed, and how they are saved.

import { useQueryClient } from "@tanstack/react-query";
import {
  type Certificate,
  commands,
  queries,
  type Typed,
  useOpenPart,
  useTyped,
  type Walkthrough,
  type WalkthroughId,
} from "../../ipc";

export function useTypedCertificate(saved: Certificate | undefined): Typed<Certificate | undefined> {
  const { typed } = useOpenPart();
  const client = useQueryClient();
  const way = {
    key: "certificate",
    send: (certificate: Certificate | undefined, walkthrough: WalkthroughId, seen_version: number) =>
      commands.saveCertificate({ walkthrough, certificate: certificate ?? null, seen_version }),
    settle: async ({ id, metadata, title }: Walkthrough) => {
      // What is saved is known before what was typed is let go, so that nothing old is shown or written in between.
      await client.prefetchQuery({ ...queries.certificate(id, metadata, title, null), staleTime: 0 });
      return null;
    },
  };
  return useTyped<Certificate | undefined>(typed, way, saved);
}
