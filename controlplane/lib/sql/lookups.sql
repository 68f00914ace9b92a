-- What must be found before an organization is known. Each function runs with its owner's rights
-- (annex_owner, whose policy sees every row), answers ids only, and is all the application role can call.
-- Add one here, then run controlplane.lib.migrations.InstallLookups() in the migration that needs it.

CREATE OR REPLACE FUNCTION annex_organization_by_slug(wanted text)
RETURNS TABLE (organization_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT id FROM public.accounts_organization WHERE slug = wanted
$$;

CREATE OR REPLACE FUNCTION annex_organizations_of_user(wanted uuid)
RETURNS TABLE (organization_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id FROM public.accounts_membership WHERE user_id = wanted ORDER BY joined_at
$$;

CREATE OR REPLACE FUNCTION annex_api_token_by_digest(wanted text)
RETURNS TABLE (organization_id uuid, token_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id, id FROM public.accounts_apitoken WHERE digest = wanted
$$;

CREATE OR REPLACE FUNCTION annex_invitation_by_digest(wanted text)
RETURNS TABLE (organization_id uuid, invitation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id, id FROM public.accounts_invitation WHERE digest = wanted
$$;

CREATE OR REPLACE FUNCTION annex_device_approval_by_login(wanted uuid)
RETURNS TABLE (organization_id uuid, approval_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id, id FROM public.accounts_deviceapproval WHERE login_id = wanted
$$;

CREATE OR REPLACE FUNCTION annex_cluster_by_key(wanted text)
RETURNS TABLE (organization_id uuid, key_row_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id, id FROM public.clusters_clusterkey WHERE key_id = wanted
$$;

CREATE OR REPLACE FUNCTION annex_join_token_by_digest(wanted text)
RETURNS TABLE (organization_id uuid, join_token_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id, id FROM public.clusters_jointoken WHERE digest = wanted
$$;

CREATE OR REPLACE FUNCTION annex_jobs_to_sweep(offered_before timestamptz, expired_before timestamptz)
RETURNS TABLE (organization_id uuid, job_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT organization_id, id FROM public.jobs_job
    WHERE (state = 'offered' AND offered_at < offered_before)
       OR (state IN ('held', 'running') AND NOT silent AND lease_expires_at < expired_before)
    ORDER BY created_at LIMIT 1000
$$;

REVOKE ALL ON FUNCTION annex_organization_by_slug(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION annex_organizations_of_user(uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION annex_api_token_by_digest(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION annex_invitation_by_digest(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION annex_organization_by_slug(text) TO annex_app;
GRANT EXECUTE ON FUNCTION annex_organizations_of_user(uuid) TO annex_app;
GRANT EXECUTE ON FUNCTION annex_api_token_by_digest(text) TO annex_app;
GRANT EXECUTE ON FUNCTION annex_invitation_by_digest(text) TO annex_app;
REVOKE ALL ON FUNCTION annex_cluster_by_key(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION annex_join_token_by_digest(text) FROM PUBLIC;
REVOKE ALL ON FUNCTION annex_jobs_to_sweep(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION annex_cluster_by_key(text) TO annex_app;
GRANT EXECUTE ON FUNCTION annex_join_token_by_digest(text) TO annex_app;
GRANT EXECUTE ON FUNCTION annex_jobs_to_sweep(timestamptz, timestamptz) TO annex_app;
REVOKE ALL ON FUNCTION annex_device_approval_by_login(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION annex_device_approval_by_login(uuid) TO annex_app;
