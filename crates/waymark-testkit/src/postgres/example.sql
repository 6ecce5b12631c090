INSERT INTO organization (id, name, slug, created_at) VALUES
    ('org_example', 'Example', 'example', '2026-01-01'),
    ('org_other', 'Another', 'another', '2026-01-01');
INSERT INTO mcp_servers (id, organization_id, name, product_platform_or_tool, slug) VALUES
    ('mcp_docs', 'org_example', 'Documentation', 'Example', 'docs'),
    ('mcp_support', 'org_example', 'Support', 'Example', 'support'),
    ('mcp_foreign', 'org_other', 'Foreign', 'Another', 'foreign');
