# Envoy's access log with the identity of the peer. See README.md.
Kind = "proxy-defaults"
Name = "global"
AccessLogs {
  Enabled    = true
  Type       = "stdout"
  JSONFormat = <<EOT
{
  "mt": "1",
  "start_time": "%START_TIME%",
  "method": "%REQ(:METHOD)%",
  "path": "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%",
  "protocol": "%PROTOCOL%",
  "authority": "%REQ(:AUTHORITY)%",
  "response_code": "%RESPONSE_CODE%",
  "response_flags": "%RESPONSE_FLAGS%",
  "response_code_details": "%RESPONSE_CODE_DETAILS%",
  "connection_termination_details": "%CONNECTION_TERMINATION_DETAILS%",
  "grpc_status": "%GRPC_STATUS%",
  "peer_uri_san": "%DOWNSTREAM_PEER_URI_SAN%",
  "local_uri_san": "%DOWNSTREAM_LOCAL_URI_SAN%",
  "peer_cert_sha256": "%DOWNSTREAM_PEER_FINGERPRINT_256%",
  "peer_cert_serial": "%DOWNSTREAM_PEER_SERIAL%",
  "tls_version": "%DOWNSTREAM_TLS_VERSION%",
  "requested_server_name": "%REQUESTED_SERVER_NAME%",
  "downstream_remote_address": "%DOWNSTREAM_REMOTE_ADDRESS%",
  "downstream_local_address": "%DOWNSTREAM_LOCAL_ADDRESS%",
  "upstream_host": "%UPSTREAM_HOST%",
  "upstream_cluster": "%UPSTREAM_CLUSTER%",
  "upstream_transport_failure_reason": "%UPSTREAM_TRANSPORT_FAILURE_REASON%",
  "downstream_transport_failure_reason": "%DOWNSTREAM_TRANSPORT_FAILURE_REASON%",
  "user_agent": "%REQ(USER-AGENT)%",
  "x_forwarded_for": "%REQ(X-FORWARDED-FOR)%",
  "request_id": "%REQ(X-REQUEST-ID)%",
  "traceparent": "%REQ(TRACEPARENT)%",
  "bytes_received": "%BYTES_RECEIVED%",
  "bytes_sent": "%BYTES_SENT%",
  "duration": "%DURATION%",
  "connection_id": "%CONNECTION_ID%"
}
EOT
}
