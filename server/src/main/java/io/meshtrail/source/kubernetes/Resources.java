package io.meshtrail.source.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known about the resources of the API: which of them are policy, and the Kind of each.
final class Resources {
    /// Groups all of whose objects say who may do what, who is who, where traffic goes or how a mesh works.
    private static final Set<String> POLICY_GROUPS = Set.of(
            "security.istio.io",
            "networking.istio.io",
            "telemetry.istio.io",
            "extensions.istio.io",
            "install.istio.io",
            "policy.linkerd.io",
            "linkerd.io",
            "workload.linkerd.io",
            "multicluster.linkerd.io",
            "consul.hashicorp.com",
            "auth.consul.hashicorp.com",
            "mesh.consul.hashicorp.com",
            "kuma.io",
            "gateway.networking.k8s.io",
            "gateway.networking.x-k8s.io",
            "gateway.envoyproxy.io",
            "policy.networking.k8s.io",
            "rbac.authorization.k8s.io",
            "admissionregistration.k8s.io",
            "access.smi-spec.io",
            "split.smi-spec.io",
            "specs.smi-spec.io");

    /// Single resources of groups that hold other things too, as `group/resource`.
    private static final Set<String> POLICY_RESOURCES = Set.of(
            "networking.k8s.io/networkpolicies",
            "networking.k8s.io/ingresses",
            "extensions/networkpolicies",
            "extensions/ingresses",
            "cilium.io/ciliumnetworkpolicies",
            "cilium.io/ciliumclusterwidenetworkpolicies",
            "cilium.io/ciliumenvoyconfigs",
            "cilium.io/ciliumclusterwideenvoyconfigs",
            "cilium.io/ciliumegressgatewaypolicies",
            "cilium.io/ciliumlocalredirectpolicies",
            "cilium.io/ciliumcidrgroups",
            "certificates.k8s.io/clustertrustbundles");

    /// What a control plane writes about itself in a policy group.
    private static final Set<String> BOOKKEEPING = Set.of(
            "kuma.io/dataplanes",
            "kuma.io/dataplaneinsights",
            "kuma.io/serviceinsights",
            "kuma.io/zoneinsights",
            "kuma.io/zoneingressinsights",
            "kuma.io/zoneegressinsights");

    /// Single objects that configure a mesh, as `resource/namespace/name`.
    private static final Set<String> POLICY_OBJECTS = Set.of(
            "configmaps/istio-system/istio",
            "configmaps/istio-system/istio-sidecar-injector",
            "configmaps/istio-system/istio-ca-root-cert",
            "configmaps/linkerd/linkerd-config",
            "configmaps/linkerd/linkerd-identity-trust-roots",
            "configmaps/kuma-system/kuma-control-plane-config",
            "configmaps/kube-system/aws-auth",
            "configmaps/kube-system/cilium-config",
            "configmaps/kube-system/extension-apiserver-authentication",
            "secrets/istio-system/cacerts",
            "secrets/istio-system/istio-ca-secret",
            "secrets/linkerd/linkerd-identity-issuer");

    private static final String ISTIO_REVISION = "configmaps/istio-system/istio-";

    /// Resources that are only asked, though the verb is create: nothing is stored.
    private static final Set<String> QUESTIONS = Set.of(
            "tokenreviews",
            "subjectaccessreviews",
            "selfsubjectaccessreviews",
            "selfsubjectrulesreviews",
            "selfsubjectreviews",
            "localsubjectaccessreviews");

    /// Plural and Kind, for objects that the audit level does not show.
    private static final String KINDS = """
            pods Pod services Service configmaps ConfigMap secrets Secret namespaces Namespace nodes Node
            serviceaccounts ServiceAccount endpoints Endpoints events Event bindings Binding
            persistentvolumes PersistentVolume persistentvolumeclaims PersistentVolumeClaim
            resourcequotas ResourceQuota limitranges LimitRange podtemplates PodTemplate
            replicationcontrollers ReplicationController
            deployments Deployment replicasets ReplicaSet statefulsets StatefulSet daemonsets DaemonSet
            controllerrevisions ControllerRevision jobs Job cronjobs CronJob leases Lease
            endpointslices EndpointSlice poddisruptionbudgets PodDisruptionBudget
            horizontalpodautoscalers HorizontalPodAutoscaler priorityclasses PriorityClass
            storageclasses StorageClass ingresses Ingress ingressclasses IngressClass networkpolicies NetworkPolicy
            roles Role rolebindings RoleBinding clusterroles ClusterRole clusterrolebindings ClusterRoleBinding
            customresourcedefinitions CustomResourceDefinition apiservices APIService
            mutatingwebhookconfigurations MutatingWebhookConfiguration
            validatingwebhookconfigurations ValidatingWebhookConfiguration
            validatingadmissionpolicies ValidatingAdmissionPolicy
            validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding
            mutatingadmissionpolicies MutatingAdmissionPolicy
            mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding
            certificatesigningrequests CertificateSigningRequest clustertrustbundles ClusterTrustBundle
            tokenreviews TokenReview subjectaccessreviews SubjectAccessReview
            selfsubjectaccessreviews SelfSubjectAccessReview selfsubjectrulesreviews SelfSubjectRulesReview
            localsubjectaccessreviews LocalSubjectAccessReview
            authorizationpolicies AuthorizationPolicy peerauthentications PeerAuthentication
            requestauthentications RequestAuthentication destinationrules DestinationRule gateways Gateway
            virtualservices VirtualService serviceentries ServiceEntry sidecars Sidecar
            workloadentries WorkloadEntry workloadgroups WorkloadGroup envoyfilters EnvoyFilter
            proxyconfigs ProxyConfig wasmplugins WasmPlugin trafficextensions TrafficExtension
            telemetries Telemetry istiooperators IstioOperator
            servers Server serverauthorizations ServerAuthorization httproutes HTTPRoute
            meshtlsauthentications MeshTLSAuthentication networkauthentications NetworkAuthentication
            egressnetworks EgressNetwork httplocalratelimitpolicies HTTPLocalRateLimitPolicy
            serviceprofiles ServiceProfile externalworkloads ExternalWorkload links Link
            gatewayclasses GatewayClass grpcroutes GRPCRoute tlsroutes TLSRoute tcproutes TCPRoute
            udproutes UDPRoute referencegrants ReferenceGrant backendtlspolicies BackendTLSPolicy
            listenersets ListenerSet
            serviceintentions ServiceIntentions servicedefaults ServiceDefaults proxydefaults ProxyDefaults
            servicerouters ServiceRouter servicesplitters ServiceSplitter serviceresolvers ServiceResolver
            ingressgateways IngressGateway terminatinggateways TerminatingGateway meshes Mesh
            exportedservices ExportedServices jwtproviders JWTProvider controlplanerequestlimits
            ControlPlaneRequestLimit samenessgroups SamenessGroup trafficpermissions TrafficPermissions
            meshtrafficpermissions MeshTrafficPermission meshhttproutes MeshHTTPRoute meshtcproutes MeshTCPRoute
            meshaccesslogs MeshAccessLog meshtimeouts MeshTimeout meshratelimits MeshRateLimit
            meshfaultinjections MeshFaultInjection meshretries MeshRetry meshtlses MeshTLS
            meshpassthroughs MeshPassthrough meshexternalservices MeshExternalService
            ciliumnetworkpolicies CiliumNetworkPolicy
            ciliumclusterwidenetworkpolicies CiliumClusterwideNetworkPolicy
            ciliumenvoyconfigs CiliumEnvoyConfig ciliumclusterwideenvoyconfigs CiliumClusterwideEnvoyConfig
            ciliumegressgatewaypolicies CiliumEgressGatewayPolicy
            ciliumlocalredirectpolicies CiliumLocalRedirectPolicy ciliumcidrgroups CiliumCIDRGroup
            """;

    private static final Map<String, String> KIND_OF = kindOf();

    private Resources() {}

    /// Whether a write to this object changes policy.
    static boolean isPolicy(String group, String resource, String namespace, String name) {
        String qualified = group + "/" + resource;
        if (POLICY_GROUPS.contains(group)) {
            return !BOOKKEEPING.contains(qualified);
        }
        if (POLICY_RESOURCES.contains(qualified)) {
            return true;
        }
        if (qualified.equals("apiextensions.k8s.io/customresourcedefinitions")) {
            // `servers.policy.linkerd.io`: without its definition a policy is gone too.
            int dot = name.indexOf('.');
            return dot >= 0 && isPolicy(name.substring(dot + 1), name.substring(0, dot), "", "");
        }
        String place = resource + "/" + namespace + "/" + name;
        return group.isEmpty() && (POLICY_OBJECTS.contains(place) || place.startsWith(ISTIO_REVISION));
    }

    /// Whether a create of this resource only asks.
    static boolean isQuestion(String resource) {
        return QUESTIONS.contains(resource);
    }

    /// The Kind that a plural stands for, if it is a known one.
    static Optional<String> kind(String resource) {
        return Optional.ofNullable(KIND_OF.get(resource));
    }

    private static Map<String, String> kindOf() {
        String[] words = KINDS.strip().split("\\s+");
        Map<String, String> kinds = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            kinds.put(words[i], words[i + 1]);
        }
        return Map.copyOf(kinds);
    }
}
