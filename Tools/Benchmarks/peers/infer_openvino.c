// infer_openvino NETWORK OUTPUT CALLS SHAPE: OpenVINO's C functions and nothing else, set as simcoord sets them.
//
// As `inference-benchmark measure`; SHAPE is that of the input, as in 1,1,28,28. Each call copies the input in and the
// output out, as ours does.

#include <openvino/c/openvino.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void check(ov_status_e status, const char *what) {
    if (status == OK) return;
    fprintf(stderr, "infer_openvino: %s: %s\n", what, ov_get_error_info(status));
    exit(2);
}

static ov_compiled_model_t *compile(ov_core_t *core, const char *file, char *shape) {
    ov_model_t *model;
    check(ov_core_read_model(core, file, NULL, &model), "reading");
    ov_dimension_t dimensions[8];
    int64_t rank = 0;
    for (char *word = strtok(shape, ","); word && rank < 8; word = strtok(NULL, ","), rank++)
        dimensions[rank].min = dimensions[rank].max = atol(word);
    ov_partial_shape_t partial;
    check(ov_partial_shape_create(rank, dimensions, &partial), "making the shape");
    check(ov_model_reshape_single_input(model, partial), "setting the shape");
    const ov_property_t properties[] = {
        {ov_property_key_num_streams, "1"},
        {ov_property_key_inference_num_threads, "1"},
        {ov_property_key_hint_performance_mode, "LATENCY"},
        {ov_property_key_hint_inference_precision, "f32"},
        {ov_property_key_hint_enable_cpu_pinning, "NO"},
    };
    ov_compiled_model_t *compiled;
    const size_t count = sizeof properties / sizeof *properties;
    check(ov_core_compile_model_props(core, model, "CPU", count, properties, &compiled), "compiling");
    return compiled;
}

static float *data_of(ov_tensor_t *tensor, size_t *count) {
    void *data;
    check(ov_tensor_get_size(tensor, count), "asking for a size");
    check(ov_tensor_data(tensor, &data), "asking for data");
    return data;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count != 5) return fprintf(stderr, "usage: infer_openvino NETWORK OUTPUT CALLS SHAPE\n"), 2;
    ov_core_t *core;
    check(ov_core_create(&core), "starting");
    ov_compiled_model_t *compiled = compile(core, arguments[1], arguments[4]);
    ov_infer_request_t *request;
    check(ov_compiled_model_create_infer_request(compiled, &request), "making a request");
    ov_tensor_t *input, *output;
    check(ov_infer_request_get_input_tensor(request, &input), "asking for the input");
    check(ov_infer_request_get_output_tensor(request, &output), "asking for the output");
    size_t inputs, outputs;
    float *in = data_of(input, &inputs), *out = data_of(output, &outputs);
    float *values = malloc(inputs * sizeof *values), *result = malloc(outputs * sizeof *result);
    for (size_t i = 0; i < inputs; i++) values[i] = (float)((uint32_t)i * 2654435761u >> 8) / (1 << 23) - 1;
    long calls = atol(arguments[3]);
    double start = 0;
    for (long call = -calls / 10 - 1; call < calls; call++) {
        if (call == 0) start = now();
        memcpy(in, values, inputs * sizeof *values);
        check(ov_infer_request_infer(request), "running");
        memcpy(result, out, outputs * sizeof *result);
    }
    double seconds = now() - start;
    FILE *file = fopen(arguments[2], "wb");
    if (!file || fwrite(result, sizeof *result, outputs, file) != outputs || fclose(file)) {
        perror(arguments[2]);
        return 2;
    }
    fprintf(stderr, "%.6f\n", seconds);
    return 0;
}
