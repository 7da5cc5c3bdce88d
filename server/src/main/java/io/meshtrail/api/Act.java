package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.meshtrail.json.Json;

/// Answers a POST of a JSON object. May block; runs on a worker.
@FunctionalInterface
interface Act {
    /// @throws io.meshtrail.http.ProblemException what is to be told to the caller instead
    HttpResponse answer(ServiceRequestContext context, Json body) throws Exception;
}
