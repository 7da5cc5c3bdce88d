package io.meshtrail.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `/openapi.json`: the contract, written as YAML by hand, served as JSON.
final class ContractRoute implements Route {
    private static final String RESOURCE = "/openapi.yaml";
    private static final MediaType MEDIA_TYPE = MediaType.create("application", "json");

    private volatile byte[] converted = new byte[0];

    @Override
    public HttpResponse answer(ServiceRequestContext context) throws IOException {
        if (converted.length == 0) {
            converted = convert();
        }
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MEDIA_TYPE)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .build();
        return HttpResponse.of(headers, HttpData.wrap(converted));
    }

    private static byte[] convert() throws IOException {
        try (InputStream yaml = ContractRoute.class.getResourceAsStream(RESOURCE)) {
            if (yaml == null) {
                throw Problem.notFound("this build carries no openapi.yaml").exception();
            }
            JsonNode contract = YAMLMapper.builder().build().readTree(yaml);
            return JsonMapper.builder().build().writeValueAsBytes(contract);
        }
    }
}
