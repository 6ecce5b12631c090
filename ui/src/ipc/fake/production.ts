// The connection that the host in memory has from the beginning.

import type { Connection } from "../types";

export const production: Connection = {
  id: "con_prod0001",
  name: "Production",
  host: "db.acme.example",
  port: 5432,
  database: "platform",
  user: "waymark",
  tls: "verify-full",
  ca_file: null,
  client_certificate: null,
  client_key: null,
  organization: "org_acme",
  is_production: true,
  is_pgbouncer: false,
  asks_before_publish: true,
  requires_approval: false,
  asset_base_url: null,
};
