package io.meshtrail.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;

/// Answers a GET. May block; runs on a worker.
@FunctionalInterface
interface Route {
    /// @throws io.meshtrail.http.ProblemException what is to be told to the caller instead
    HttpResponse answer(ServiceRequestContext context) throws Exception;
}
