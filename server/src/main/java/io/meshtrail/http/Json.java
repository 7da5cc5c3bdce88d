package io.meshtrail.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// JSON bodies, written member by member.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final MediaType MEDIA_TYPE = MediaType.create("application", "json");

    private Json() {}

    /// One JSON value as UTF-8 bytes without line breaks.
    public static byte[] bytes(Consumer<JsonGenerator> body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            body.accept(json);
        }
        return out.toByteArray();
    }

    /// A 200 answer that is not to be stored on the way.
    public static HttpResponse ok(Consumer<JsonGenerator> body) {
        ResponseHeaders headers = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MEDIA_TYPE)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .build();
        return HttpResponse.of(headers, HttpData.wrap(bytes(body)));
    }
}
